package dev.lp2p.systemtests.program;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.MessageData;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many channels and transports of one connection at once, whose far end echoes. */
final class Load {

    static final int CHANNELS = 100;
    static final int TRANSPORTS = 10;
    static final int DATAGRAMS = 100;
    private static final int MESSAGES = 40;

    private Load() {}

    /** Opens all of them, then uses all of them, and tells what came back. */
    static String run(LP2PConnection connection) throws Exception {
        List<ChannelLoad> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(new ChannelLoad(connection.createDataChannel("channel " + i), i));
        }
        List<TransportLoad> transports = IntStream.range(0, TRANSPORTS)
                .mapToObj(i -> new TransportLoad(new LP2PQuicTransport(connection), i))
                .toList();
        for (ChannelLoad channel : channels) {
            channel.opened.get();
        }
        for (TransportLoad transport : transports) {
            transport.ready().get();
        }
        Instant begun = Instant.now();
        channels.forEach(ChannelLoad::send);
        List<CompletableFuture<Integer>> datagrams =
                transports.stream().map(TransportLoad::run).toList();
        for (ChannelLoad channel : channels) {
            channel.echoed.get();
        }
        int fewest = DATAGRAMS;
        for (CompletableFuture<Integer> came : datagrams) {
            fewest = Math.min(fewest, came.get());
        }
        return "loaded " + Duration.between(begun, Instant.now()).toMillis() + " ms, fewest datagrams " + fewest;
    }

    /** Messages of one channel, which have to come back in their order. */
    private static final class ChannelLoad {

        private static final int MAX_MESSAGE_BYTES = 4096;

        final CompletableFuture<Void> opened = new CompletableFuture<>();
        final CompletableFuture<Void> echoed = new CompletableFuture<>();
        private final LP2PDataChannel channel;
        private final int number;
        private int next;

        ChannelLoad(LP2PDataChannel channel, int number) {
            this.channel = channel;
            this.number = number;
            channel.onOpen(() -> opened.complete(null));
            channel.onMessage(message -> onEcho(((MessageData.Binary) message).value()));
            channel.onClose(() -> {
                opened.completeExceptionally(new IllegalStateException("Closed before it opened"));
                echoed.completeExceptionally(new IllegalStateException("Closed after " + next + " messages"));
            });
        }

        void send() {
            for (int i = 0; i < MESSAGES; i++) {
                channel.send(message(i));
            }
        }

        private void onEcho(ByteBuffer message) {
            if (!message.equals(message(next))) {
                echoed.completeExceptionally(new IllegalStateException(
                        "On channel " + number + " another message came than number " + next));
            } else if (++next == MESSAGES) {
                echoed.complete(null);
            }
        }

        /** No two are alike. */
        private ByteBuffer message(int index) {
            int bytes = Integer.BYTES * 2 + (number * MESSAGES + index) * 31 % MAX_MESSAGE_BYTES;
            return ByteBuffer.allocate(bytes).putInt(number).putInt(index).rewind();
        }
    }
}
