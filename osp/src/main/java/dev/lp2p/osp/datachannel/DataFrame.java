package dev.lp2p.osp.datachannel;

import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.message.VarInt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Encodes data frames: type key, header and payload in one buffer, since a small write of its own for the header would
 * leave in a packet of its own.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#appendix-a">data-frame</a>
 */
public final class DataFrame {

    /** What {@link #writeHeader} writes at most. */
    public static final int HEADER_MAX_BYTES = 10;

    /** What stands before the bytes of each chunk of a Blob. */
    public static final int CHUNK_HEAD_BYTES = 5;

    // RFC 8949, section 3: a map of two entries, and a byte string by the size of its length.
    private static final int MAP_OF_TWO = 0xa2;
    private static final int BYTES = 0x40;
    private static final int BYTES_LENGTH_1 = 0x58;
    private static final int BYTES_LENGTH_2 = 0x59;
    private static final int BYTES_LENGTH_4 = 0x5a;
    private static final int MAX_LENGTH_IN_HEAD = 23;

    private static final int BYTES_INDEFINITE = 0x5f;
    private static final int BREAK = 0xff;

    private static final int KEY_ENCODING_ID = 0;
    private static final int KEY_PAYLOAD = 4;

    private DataFrame() {}

    /** A whole frame, in a direct buffer; {@code payload} is read from its position to its limit. */
    public static ByteBuf encode(ByteBufAllocator allocator, DataEncoding encoding, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuf frame = allocator.directBuffer(HEADER_MAX_BYTES + length);
        writeHeader(frame, encoding, length);
        return frame.writeBytes(payload);
    }

    /** The start of a frame; exactly {@code payloadLength} bytes of payload have to follow. */
    public static void writeHeader(ByteBuf out, DataEncoding encoding, int payloadLength) {
        writeKeys(out, encoding);
        if (payloadLength <= MAX_LENGTH_IN_HEAD) {
            out.writeByte(BYTES | payloadLength);
        } else if (payloadLength <= 0xff) {
            out.writeByte(BYTES_LENGTH_1).writeByte(payloadLength);
        } else if (payloadLength <= 0xffff) {
            out.writeByte(BYTES_LENGTH_2).writeShort(payloadLength);
        } else {
            out.writeByte(BYTES_LENGTH_4).writeInt(payloadLength);
        }
    }

    /** The start of a Blob's frame: chunks follow, each {@link #CHUNK_HEAD_BYTES} and its bytes, and then the end. */
    public static ByteBuf encodeBlobStart(ByteBufAllocator allocator) {
        ByteBuf start = allocator.directBuffer(HEADER_MAX_BYTES);
        writeKeys(start, DataEncoding.BLOB);
        return start.writeByte(BYTES_INDEFINITE);
    }

    /** Fills in the head of a chunk, which stands at the reader index, once the bytes behind it are there. */
    public static void setChunkHead(ByteBuf chunk) {
        int start = chunk.readerIndex();
        chunk.setByte(start, BYTES_LENGTH_4).setInt(start + 1, chunk.readableBytes() - CHUNK_HEAD_BYTES);
    }

    public static ByteBuf encodeBlobEnd(ByteBufAllocator allocator) {
        return allocator.directBuffer(1).writeByte(BREAK);
    }

    private static void writeKeys(ByteBuf out, DataEncoding encoding) {
        VarInt.write(out, TypeKey.DATA_FRAME.value());
        out.writeByte(MAP_OF_TWO);
        out.writeByte(KEY_ENCODING_ID);
        out.writeByte(encoding.value());
        out.writeByte(KEY_PAYLOAD);
    }
}
