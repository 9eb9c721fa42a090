package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;

/** Hears what still comes on a channel that is being cut off. */
final class IgnoredChannel implements DataChannelListener {

    @Override
    public void onOpen() {}

    @Override
    public void onMessage(DataEncoding encoding, ByteBuf payload) {
        payload.release();
    }

    @Override
    public void onBlobStart(OptionalLong size) {}

    @Override
    public void onBlobChunk(ByteBuf chunk) {
        chunk.release();
    }

    @Override
    public void onBlobEnd() {}

    @Override
    public void onDrained() {}

    @Override
    public void onClosing() {}

    @Override
    public void onClosed(Reason reason) {}
}
