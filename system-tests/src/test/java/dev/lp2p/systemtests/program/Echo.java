package dev.lp2p.systemtests.program;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.MessageData;
import dev.lp2p.WebTransportBidirectionalStream;
import java.nio.ByteBuffer;

/** Gives back what comes, on the channel, stream or transport on which it came. */
final class Echo {

    private Echo() {}

    static void everythingOf(LP2PConnection connection) {
        connection.onDataChannel(event -> messagesOf(event.channel()));
        connection.onTransport(event -> everythingOf(event.transport()));
    }

    private static void messagesOf(LP2PDataChannel channel) {
        channel.onMessage(message -> {
            if (channel.readyState() == LP2PDataChannel.ReadyState.OPEN) {
                channel.send(((MessageData.Binary) message).value());
            }
        });
    }

    private static void everythingOf(LP2PQuicTransport transport) {
        transport.datagrams().setIncomingHighWaterMark(Load.DATAGRAMS);
        inBackground(() -> {
            for (ByteBuffer datagram : transport.datagrams().readable()) {
                transport.datagrams().writable().write(datagram);
            }
        });
        inBackground(() -> {
            for (WebTransportBidirectionalStream stream : transport.incomingBidirectionalStreams()) {
                inBackground(() -> bytesOf(stream));
            }
        });
    }

    private static void bytesOf(WebTransportBidirectionalStream stream) {
        for (ByteBuffer data : stream.readable()) {
            stream.writable().write(data).join();
        }
        stream.writable().close().join();
    }

    /** Until the transport ends. */
    static void inBackground(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (LP2PException ended) {
                        // Whoever misses something says so.
                    }
                },
                "echo");
        thread.setDaemon(true);
        thread.start();
    }
}
