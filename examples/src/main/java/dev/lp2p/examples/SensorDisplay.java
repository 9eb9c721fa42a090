package dev.lp2p.examples;

import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Shows what a thermometer measures. Takes the folder for its state. */
public final class SensorDisplay {

    public static void main(String[] arguments) {
        TerminalConsent person = TerminalConsent.ofProcess();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Display").program("thermometer").build(), person)) {
            LP2PQuicTransport thermometer = new LP2PQuicTransport(new LP2PRequest(manager));
            long latest = 0;
            for (ByteBuffer reading : thermometer.datagrams().readable()) {
                long time = reading.getLong();
                if (time > latest) {
                    latest = time;
                    person.screen().say(String.format("%.1f degrees", reading.getDouble()));
                }
            }
        }
    }
}
