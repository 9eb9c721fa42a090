package dev.lp2p.osp.message;

import io.netty.buffer.ByteBuf;

/**
 * Variable-length integers of QUIC: 1, 2, 4 or 8 bytes, up to 2^62 - 1. Written in the shortest form, read in any.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#name-variable-length-integer-enc">RFC 9000, section 16</a>
 */
public final class VarInt {

    public static final long MAX_VALUE = (1L << 62) - 1;
    public static final int MAX_BYTES = 8;

    /** What {@link #read} returns where bytes are missing. */
    public static final long INCOMPLETE = -1;

    /** What of the first byte belongs to the value. */
    static final int FIRST_BYTE_VALUE_MASK = 0x3f;

    private VarInt() {}

    /** @throws IllegalArgumentException if {@code value} is not 0 to {@link #MAX_VALUE} */
    public static void write(ByteBuf out, long value) {
        switch (encodedBytes(value)) {
            case 1 -> out.writeByte((int) value);
            case 2 -> out.writeShort((int) value | 0x4000);
            case 4 -> out.writeInt((int) value | 0x8000_0000);
            default -> out.writeLong(value | 0xc000_0000_0000_0000L);
        }
    }

    /** How many bytes {@link #write} needs. */
    public static int encodedBytes(long value) {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException("A variable-length integer is 0 to 2^62 - 1, not " + value);
        }
        if (value < 1 << 6) {
            return 1;
        }
        if (value < 1 << 14) {
            return 2;
        }
        return value < 1 << 30 ? 4 : 8;
    }

    /** Reads one integer, or returns {@link #INCOMPLETE} and moves nothing. */
    public static long read(ByteBuf in) {
        if (!in.isReadable()) {
            return INCOMPLETE;
        }
        int bytes = encodedBytes(in.getByte(in.readerIndex()));
        if (in.readableBytes() < bytes) {
            return INCOMPLETE;
        }
        return switch (bytes) {
            case 1 -> in.readByte();
            case 2 -> in.readShort() & 0x3fff;
            case 4 -> in.readInt() & 0x3fff_ffff;
            default -> in.readLong() & MAX_VALUE;
        };
    }

    /** How long the integer is whose first byte this is. */
    static int encodedBytes(byte first) {
        return 1 << ((first & 0xff) >> 6);
    }
}
