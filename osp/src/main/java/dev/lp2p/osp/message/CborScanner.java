package dev.lp2p.osp.message;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of one well-formed CBOR item in a stream that comes in pieces. It keeps no content, does not recurse, and
 * stops at a cap on depth and on bytes; a length that the cap does not allow is refused when it is announced.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8949#name-well-formedness-errors-and-">RFC 8949, appendix F</a>
 */
final class CborScanner {

    /** How deep an item may nest. No message of ours goes beyond 4; the rest is for extensions that are skipped. */
    static final int MAX_DEPTH = 16;

    // What is open, where it is not a count of items to come.
    private static final long INDEFINITE_ARRAY = -1;
    private static final long INDEFINITE_MAP_AT_KEY = -2;
    private static final long INDEFINITE_MAP_AT_VALUE = -3;
    private static final long BYTES_CHUNKS = -4;
    private static final long TEXT_CHUNKS = -5;

    private final CborHead head = new CborHead();
    private final long[] open = new long[MAX_DEPTH];
    private int depth;
    private boolean afterTag;
    private long stringBytesLeft;
    private long budget;

    private boolean hasFirstHead;
    private int firstMajorType;
    private long firstArgument;

    /** Prepares for an item of at most {@code maxBytes}. */
    void start(int maxBytes) {
        budget = maxBytes;
        hasFirstHead = false;
    }

    /** Takes bytes up to the end of the item; true once it is whole, false where {@code in} ran out. */
    boolean scan(ByteBuf in) throws MalformedException {
        while (true) {
            if (stringBytesLeft > 0) {
                int bytes = (int) Math.min(stringBytesLeft, in.readableBytes());
                in.skipBytes(bytes);
                stringBytesLeft -= bytes;
                if (stringBytesLeft > 0) {
                    return false;
                }
                if (itemEnds()) {
                    return true;
                }
            }
            int start = in.readerIndex();
            boolean whole = head.read(in);
            spend(in.readerIndex() - start);
            if (!whole) {
                return false;
            }
            if (headEndsItem()) {
                return true;
            }
        }
    }

    /** The major type of the item itself, once it is whole. */
    int majorType() {
        return firstMajorType;
    }

    /** The value of an item that is an integer, once it is whole; unsigned. */
    long argument() {
        return firstArgument;
    }

    private boolean headEndsItem() throws MalformedException {
        if (!hasFirstHead) {
            hasFirstHead = true;
            firstMajorType = head.majorType();
            firstArgument = head.argument();
        }
        if (head.isBreak()) {
            return closeIndefinite();
        }
        if (depth > 0 && (open[depth - 1] == BYTES_CHUNKS || open[depth - 1] == TEXT_CHUNKS)) {
            int chunkType = open[depth - 1] == BYTES_CHUNKS ? CborHead.BYTES : CborHead.TEXT;
            if (head.majorType() != chunkType || head.isIndefinite()) {
                throw new MalformedException("a string in chunks holds something else");
            }
        }
        afterTag = false;
        return switch (head.majorType()) {
            case CborHead.BYTES -> head.isIndefinite() ? open(BYTES_CHUNKS) : beginString();
            case CborHead.TEXT -> head.isIndefinite() ? open(TEXT_CHUNKS) : beginString();
            case CborHead.ARRAY -> head.isIndefinite() ? open(INDEFINITE_ARRAY) : openCounted(head.argument(), 1);
            case CborHead.MAP -> head.isIndefinite() ? open(INDEFINITE_MAP_AT_KEY) : openCounted(head.argument(), 2);
            case CborHead.TAG -> {
                afterTag = true;
                yield false;
            }
            default -> itemEnds();
        };
    }

    private boolean beginString() throws MalformedException {
        stringBytesLeft = head.argument();
        spend(stringBytesLeft);
        return stringBytesLeft == 0 && itemEnds();
    }

    private boolean openCounted(long entries, int itemsPerEntry) throws MalformedException {
        // Each item takes a byte at least, so that a count beyond the budget cannot end well.
        if (entries < 0 || entries > budget / itemsPerEntry) {
            throw new MalformedException("larger than its type allows");
        }
        return entries == 0 ? itemEnds() : open(entries * itemsPerEntry);
    }

    private boolean open(long what) throws MalformedException {
        if (depth == MAX_DEPTH) {
            throw new MalformedException("nested too deep");
        }
        open[depth++] = what;
        return false;
    }

    private boolean closeIndefinite() throws MalformedException {
        if (depth == 0 || afterTag || open[depth - 1] > 0 || open[depth - 1] == INDEFINITE_MAP_AT_VALUE) {
            throw new MalformedException("a CBOR break where none can be");
        }
        depth--;
        return itemEnds();
    }

    /** Books a finished item in what holds it; true where nothing does. */
    private boolean itemEnds() {
        while (depth > 0) {
            long holder = open[depth - 1];
            if (holder == INDEFINITE_MAP_AT_KEY) {
                open[depth - 1] = INDEFINITE_MAP_AT_VALUE;
                return false;
            } else if (holder == INDEFINITE_MAP_AT_VALUE) {
                open[depth - 1] = INDEFINITE_MAP_AT_KEY;
                return false;
            } else if (holder < 0) {
                return false;
            } else if (holder > 1) {
                open[depth - 1] = holder - 1;
                return false;
            }
            depth--;
        }
        return true;
    }

    private void spend(long bytes) throws MalformedException {
        if (bytes < 0 || bytes > budget) {
            throw new MalformedException("larger than its type allows");
        }
        budget -= bytes;
    }
}
