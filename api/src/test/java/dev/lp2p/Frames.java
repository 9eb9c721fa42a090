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

    /** Of a Blob. */
    static final int BLOB_START = 6;

    private static final int CHUNK = 0x5a;
    private static final int INDEFINITE = 0x5f;
    private static final int BREAK = 0xff;

    private Frames() {}

    /** The payload of a small message of text, or what of a Blob's frame this is. */
    static String payload(ByteBuf frame) {
        int first = frame.getUnsignedByte(frame.readerIndex());
        int last = frame.getUnsignedByte(frame.writerIndex() - 1);
        if (first == CHUNK) {
            int start = frame.readerIndex() + DataFrame.CHUNK_HEAD_BYTES;
            return frame.toString(start, frame.writerIndex() - start, StandardCharsets.UTF_8);
        } else if (last == INDEFINITE && frame.readableBytes() == BLOB_START) {
            return "blob:";
        } else if (first == BREAK) {
            return "end of blob";
        }
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
