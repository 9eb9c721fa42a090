package dev.lp2p.examples;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.MessageData;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A chat of two. Takes the folder for its state, the person's name, and {@code wait} or {@code call}. */
public final class Chat {

    public static void main(String[] arguments) {
        TerminalConsent person = TerminalConsent.ofProcess();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings(arguments[1]).program("chat").build(), person)) {
            CompletableFuture<LP2PDataChannel> talk = new CompletableFuture<>();
            if (arguments[2].equals("wait")) {
                LP2PReceiver receiver = new LP2PReceiver(manager);
                receiver.onConnection(call -> call.connection().onDataChannel(made -> talk.complete(made.channel())));
                receiver.start().join();
            } else {
                LP2PDataChannel calling =
                        new LP2PRequest(manager).start().join().createDataChannel("chat");
                calling.onOpen(() -> talk.complete(calling));
            }
            LP2PDataChannel channel = talk.join();
            channel.onMessage(message ->
                    person.screen().say(message instanceof MessageData.Text text ? "> " + text.value() : ""));
            channel.onClose(() -> person.screen().say("They left."));
            for (String line = person.ask(""); !line.isEmpty(); line = person.ask("")) {
                channel.send(line);
            }
        }
    }
}
