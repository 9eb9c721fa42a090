package dev.lp2p;

import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the tests know of data frames: a header, then the payload. */
final class Frames {

    /** Of a small message. */
    static final int HEADER = headerOf(1);

    private Frames() {}

    /** The payload of a small message of text. */
    static String payload(ByteBuf frame) {
        return frame.toString(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER, StandardCharsets.UTF_8);
    }

    private static int headerOf(int payload) {
        ByteBuf frame =
                DataFrame.encode(UnpooledByteBufAllocator.DEFAULT, DataEncoding.STRING, ByteBuffer.allocate(payload));
        try {
            return frame.readableBytes() - payload;
        } finally {
            frame.release();
        }
    }
}
