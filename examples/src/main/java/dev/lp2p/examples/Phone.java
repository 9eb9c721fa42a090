package dev.lp2p.examples;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.MessageData;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A phone that tells the TV what to show. Takes the folder for its state, and what to show. */
public final class Phone {

    public static void main(String[] arguments) {
        TerminalConsent person = TerminalConsent.ofProcess();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Phone").program("tv").build(), person)) {
            LP2PConnection tv = new LP2PRequest(manager).start().join();
            LP2PDataChannel remote = tv.createDataChannel("remote control");
            CompletableFuture<MessageData> answer = new CompletableFuture<>();
            remote.onMessage(answer::complete);
            remote.onClose(() -> answer.completeExceptionally(new IllegalStateException("The TV is gone")));
            remote.onOpen(() -> remote.send(arguments[1]));
            MessageData said = answer.join();
            person.screen().say("The TV says: " + (said instanceof MessageData.Text text ? text.value() : "noise"));
        }
    }
}
