package dev.lp2p.osp.message;

import io.netty.buffer.ByteBuf;

/**
 * The head of one CBOR item: major type and argument, gathered from pieces of any size.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8949#name-specification-of-the-cbor-e">RFC 8949, section 3</a>
 */
final class CborHead {

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    /** The whole of the item that ends one of indefinite length. */
    static final byte BREAK = (byte) 0xff;

    private static final int INFO_ONE_BYTE = 24;
    private static final int INFO_EIGHT_BYTES = 27;
    private static final int INFO_INDEFINITE = 31;
    private static final int MIN_TWO_BYTE_SIMPLE_VALUE = 32;

    private int majorType;
    private int info;
    private long argument;
    private int missingBytes;

    /** Takes bytes up to the end of the head; true once the head is whole, false where {@code in} ran out. */
    boolean read(ByteBuf in) throws MalformedException {
        if (missingBytes == 0) {
            if (!in.isReadable()) {
                return false;
            }
            begin(in.readByte() & 0xff);
        }
        while (missingBytes > 0) {
            if (!in.isReadable()) {
                return false;
            }
            argument = (argument << Byte.SIZE) | (in.readByte() & 0xff);
            missingBytes--;
        }
        if (majorType == SIMPLE && info == INFO_ONE_BYTE && argument < MIN_TWO_BYTE_SIMPLE_VALUE) {
            throw new MalformedException("invalid CBOR simple value");
        }
        return true;
    }

    int majorType() {
        return majorType;
    }

    /** Unsigned: what stands negative here is 2^63 or more. */
    long argument() {
        return argument;
    }

    boolean isIndefinite() {
        return info == INFO_INDEFINITE && majorType != SIMPLE;
    }

    /** The "break" that ends an item of indefinite length. */
    boolean isBreak() {
        return info == INFO_INDEFINITE && majorType == SIMPLE;
    }

    private void begin(int first) throws MalformedException {
        majorType = first >> 5;
        info = first & 0x1f;
        if (info < INFO_ONE_BYTE) {
            argument = info;
        } else if (info <= INFO_EIGHT_BYTES) {
            argument = 0;
            missingBytes = 1 << (info - INFO_ONE_BYTE);
        } else if (info == INFO_INDEFINITE && (majorType >= BYTES && majorType != TAG)) {
            argument = 0;
        } else {
            throw new MalformedException("invalid CBOR head");
        }
    }
}
