package dev.lp2p.osp.datachannel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalLong;

/** What came on a channel: a message or a part of a Blob. */
sealed interface Received {

    void deliverTo(DataChannelListener listener);

    /** Whose reference this holds. */
    default ByteBuf content() {
        return Unpooled.EMPTY_BUFFER;
    }

    /** A message that is no Blob. */
    record Whole(DataEncoding encoding, @Override ByteBuf content) implements Received {
        @Override
        public void deliverTo(DataChannelListener listener) {
            listener.onMessage(encoding, content);
        }
    }

    /** A Blob begins. */
    record BlobStart(OptionalLong size) implements Received {
        @Override
        public void deliverTo(DataChannelListener listener) {
            listener.onBlobStart(size);
        }
    }

    /** The next bytes of a Blob. */
    record BlobChunk(@Override ByteBuf content) implements Received {
        @Override
        public void deliverTo(DataChannelListener listener) {
            listener.onBlobChunk(content);
        }
    }

    /** A Blob is whole. */
    record BlobEnd() implements Received {
        @Override
        public void deliverTo(DataChannelListener listener) {
            listener.onBlobEnd();
        }
    }
}
