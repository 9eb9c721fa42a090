package dev.lp2p.osp.session;

import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.transport.EndListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the peer by messages, in order on one stream that stays open, which streams of the connection ended. */
public final class SentEnds implements EndListener {

    /** Of messages that the transport could not take yet; only a peer that does not read them has so many wait. */
    public static final int MAX_WAITING_BYTES = 64 << 10;

    private final Supplier<TransportStream> open;
    private final ByteBufAllocator allocator;
    private final Runnable onOverflow;
    private @Nullable TransportStream stream;

    /**
     * @param open gives the stream, once there is something to tell
     * @param onOverflow ends the connection, whose peer does not read the stream
     */
    public SentEnds(Supplier<TransportStream> open, ByteBufAllocator allocator, Runnable onOverflow) {
        this.open = open;
        this.allocator = allocator;
        this.onOverflow = onOverflow;
    }

    @Override
    public void onEndSentApart(long streamId, long bytes) {
        TransportStream opened = stream == null ? open.get() : stream;
        stream = opened;
        if (opened.pendingBytes() > MAX_WAITING_BYTES) {
            onOverflow.run();
        } else {
            opened.write(MessageWriter.encode(allocator, new Lp2pStreamEnd(streamId, bytes)));
        }
    }
}
