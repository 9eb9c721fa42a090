package dev.lp2p.systemtests.program;

import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.WebTransportBidirectionalStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Datagrams of one transport, of which some come back, and streams, which come back whole. */
final class TransportLoad {

    private static final int STREAMS = 2;
    private static final int STREAM_BYTES = 256 * 1024;
    private static final int WRITE_BYTES = 16 * 1024;

    private final LP2PQuicTransport transport;
    private final int number;
    private final Set<Integer> echoed = ConcurrentHashMap.newKeySet();

    TransportLoad(LP2PQuicTransport transport, int number) {
        this.transport = transport;
        this.number = number;
    }

    CompletableFuture<Void> ready() {
        return transport.ready();
    }

    /** @return how many different datagrams came back by the time that all streams had */
    CompletableFuture<Integer> run() {
        transport.datagrams().setIncomingHighWaterMark(Load.DATAGRAMS);
        Echo.inBackground(() -> {
            for (ByteBuffer datagram : transport.datagrams().readable()) {
                echoed.add(datagram.getInt());
            }
        });
        CompletableFuture<Integer> result = new CompletableFuture<>();
        inBackground(result, () -> {
            for (int i = 0; i < Load.DATAGRAMS; i++) {
                transport
                        .datagrams()
                        .writable()
                        .write(ByteBuffer.allocate(Integer.BYTES).putInt(0, i))
                        .join();
            }
            for (int i = 0; i < STREAMS; i++) {
                stream(result, new Random(number * STREAMS + i));
            }
            result.complete(echoed.size());
        });
        return result;
    }

    private void stream(CompletableFuture<?> result, Random random) {
        byte[] sent = new byte[STREAM_BYTES];
        random.nextBytes(sent);
        WebTransportBidirectionalStream stream =
                transport.createBidirectionalStream().join();
        inBackground(result, () -> {
            for (int i = 0; i < sent.length; i += WRITE_BYTES) {
                stream.writable().write(ByteBuffer.wrap(sent, i, WRITE_BYTES)).join();
            }
            stream.writable().close().join();
        });
        ByteBuffer came = ByteBuffer.allocate(STREAM_BYTES);
        stream.readable().forEach(came::put);
        if (!Arrays.equals(came.array(), sent)) {
            throw new IllegalStateException("A stream of transport " + number + " did not come back whole");
        }
    }

    /** What fails fails the result. */
    private static void inBackground(CompletableFuture<?> result, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "load");
        thread.setDaemon(true);
        thread.start();
    }
}
