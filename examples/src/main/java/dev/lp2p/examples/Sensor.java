package dev.lp2p.examples;

import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.LP2PQuicTransportListener;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.WritableStream;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.TerminalConsent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thermometer that sends ten readings a second, of which a late one is worth nothing. Takes the folder for its state. */
public final class Sensor {

    public static void main(String[] arguments) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (StateFolder state = StateFolder.open(Path.of(arguments[0]));
                LocalPeerToPeerManager manager = LocalPeerToPeerManager.start(
                        state.settings("Thermometer").program("thermometer").build(), TerminalConsent.ofProcess())) {
            LP2PQuicTransportListener listener = new LP2PQuicTransportListener(new LP2PReceiver(manager));
            for (LP2PQuicTransport display : listener.incomingTransports()) {
                WritableStream readings = display.datagrams().writable();
                var sending = clock.scheduleAtFixedRate(() -> readings.write(reading()), 0, 100, TimeUnit.MILLISECONDS);
                display.closed().whenComplete((info, failure) -> sending.cancel(false));
            }
        }
    }

    /** Time, then temperature: a display can tell which of two readings is the later one. */
    private static ByteBuffer reading() {
        return ByteBuffer.allocate(16)
                .putLong(System.currentTimeMillis())
                .putDouble(20 + Math.random())
                .flip();
    }
}
