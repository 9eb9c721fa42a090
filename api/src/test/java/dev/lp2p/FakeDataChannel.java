package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A channel on no wire: records what is sent, and the test plays the peer. */
final class FakeDataChannel implements DataChannel {

    /** Messages, and what of Blobs follows {@code blob:}, chunk by chunk, until {@code end of blob}. */
    final List<String> sent = new ArrayList<>();

    boolean reading = true;
    boolean closed;
    boolean aborted;

    private final int id;
    private final String label;
    private final String protocol;
    private @Nullable DataChannelListener listener;
    private long pending;

    FakeDataChannel(int id, String label, String protocol) {
        this.id = id;
        this.label = label;
        this.protocol = protocol;
    }

    void setListener(DataChannelListener listener) {
        this.listener = listener;
    }

    DataChannelListener listener() {
        if (listener == null) {
            throw new AssertionError("Nobody hears this channel");
        }
        return listener;
    }

    /** The transport takes this many bytes. */
    void take(long bytes) {
        pending -= bytes;
        listener().onDrained();
    }

    void receive(DataEncoding encoding, byte[] payload) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        listener().onMessage(encoding, bytes.writeBytes(payload));
    }

    void receive(String text) {
        receive(DataEncoding.STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    void beginBlob() {
        listener().onBlobStart(OptionalLong.empty());
    }

    void receiveOfBlob(String text) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        listener().onBlobChunk(bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A whole Blob. */
    void receiveBlob(String text) {
        beginBlob();
        receiveOfBlob(text);
        listener().onBlobEnd();
    }

    void end(DataChannelListener.Reason reason) {
        listener().onClosed(reason);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public void send(ByteBuf frame) {
        pending += frame.readableBytes();
        sent.add(Frames.payload(frame));
        frame.release();
    }

    @Override
    public long pendingBytes() {
        return pending;
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort() {
        aborted = true;
        end(DataChannelListener.Reason.ABORTED);
    }
}
