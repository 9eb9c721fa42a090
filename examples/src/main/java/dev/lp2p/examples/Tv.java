package dev.lp2p.examples;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PReceiverOptions;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.MessageData;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A TV that shows what the devices say that its user lets in. Takes the folder for its state. */
public final class Tv {

    public static void main(String[] arguments) throws InterruptedException {
        TerminalConsent person = TerminalConsent.ofProcess();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Living Room TV").program("tv").build(), person)) {
            LP2PReceiver receiver = new LP2PReceiver(manager, new LP2PReceiverOptions("TV"));
            receiver.onConnection(event -> event.connection().onDataChannel(opened -> show(opened.channel(), person)));
            receiver.start().join();
            person.screen().say("Waiting for devices.");
            new CountDownLatch(1).await();
        }
    }

    private static void show(LP2PDataChannel channel, TerminalConsent person) {
        channel.onMessage(message -> {
            person.screen().say("Now on: " + (message instanceof MessageData.Text text ? text.value() : "noise"));
            channel.send("Showing it.");
        });
    }
}
