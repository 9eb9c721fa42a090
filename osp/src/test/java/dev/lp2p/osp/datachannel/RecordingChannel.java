package dev.lp2p.osp.datachannel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Remembers what a data channel said, in order. */
public final class RecordingChannel implements DataChannelListener {

    /**
     * {@code open}, a message as {@code ENCODING text}, a Blob as {@code blob of size} and at its end {@code BLOB text},
     * {@code closing}, and at the end the reason.
     */
    public final List<String> events = new ArrayList<>();

    public @Nullable DataChannel channel;
    public int drained;
    private final StringBuilder blob = new StringBuilder();
    public Runnable onMessage = () -> {};

    public DataChannel channel() {
        if (channel == null) {
            throw new AssertionError("No channel yet");
        }
        return channel;
    }

    @Override
    public void onOpen() {
        events.add("open");
    }

    @Override
    public void onMessage(DataEncoding encoding, ByteBuf payload) {
        events.add(encoding + " " + payload.toString(UTF_8));
        payload.release();
        onMessage.run();
    }

    @Override
    public void onBlobStart(OptionalLong size) {
        events.add("blob of " + (size.isPresent() ? size.getAsLong() : "any size"));
        blob.setLength(0);
    }

    @Override
    public void onBlobChunk(ByteBuf chunk) {
        blob.append(chunk.toString(UTF_8));
        chunk.release();
        onMessage.run();
    }

    @Override
    public void onBlobEnd() {
        events.add("BLOB " + blob);
    }

    @Override
    public void onDrained() {
        drained++;
    }

    @Override
    public void onClosing() {
        events.add("closing");
    }

    @Override
    public void onClosed(Reason reason) {
        events.add(reason.name());
    }
}
