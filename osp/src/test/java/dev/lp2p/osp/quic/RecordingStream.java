package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a stream delivered. */
final class RecordingStream implements StreamListener {

    @Nullable TransportStream stream;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> finished = new CompletableFuture<>();
    private final CompletableFuture<Long> reset = new CompletableFuture<>();

    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

    RecordingStream(@Nullable TransportStream stream) {
        this.stream = stream;
    }

    TransportStream stream() {
        if (stream == null) {
            throw new AssertionError("Not opened");
        }
        return stream;
    }

    @Override
    public void onData(ByteBuf data) {
        synchronized (received) {
            byte[] bytes = new byte[data.readableBytes()];
            data.readBytes(bytes);
            received.writeBytes(bytes);
            received.notifyAll();
        }
        data.release();
    }

    @Override
    public void onFinished() {
        synchronized (received) {
            finished.complete(received.toByteArray());
        }
    }

    @Override
    public void onDrained() {
        if (stream().pendingBytes() == 0) {
            drained.complete(null);
        }
    }

    @Override
    public void onReset(long errorCode) {
        reset.complete(errorCode);
    }

    int receivedBytes() {
        synchronized (received) {
            return received.size();
        }
    }

    void awaitBytes(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestPeer.PATIENCE_SECONDS);
        synchronized (received) {
            while (received.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Only " + received.size() + " bytes came");
                }
                received.wait(1000);
            }
        }
    }

    void awaitDrained() throws Exception {
        drained.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String text() throws Exception {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws Exception {
        return finished.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    long resetCode() throws Exception {
        return reset.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isFinished() {
        return finished.isDone();
    }

    boolean isReset() {
        return reset.isDone();
    }
}
