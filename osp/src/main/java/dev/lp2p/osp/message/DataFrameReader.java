package dev.lp2p.osp.message;

import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data frames of a stream, one after the other. The payload is gathered in one buffer, which grows with what has
 * arrived and not with what was announced. A Blob's may be of any length: what has been gathered of it is taken after each
 * read. One whose payload comes before it says that it is a Blob is gathered until then, within the cap of other frames.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#appendix-a">data-frame</a>
 */
final class DataFrameReader {

    // data-frame; the other keys belong to streaming and are skipped.
    private static final long KEY_ENCODING_ID = 0;
    private static final long KEY_PAYLOAD = 4;

    /** What everything but the payload may take, in all. */
    private static final int MAX_HEADER_BYTES = 1024;

    /** How much of an announced payload is reserved before it arrives. */
    private static final int EAGER_BYTES = 256 * 1024;

    private static final int GROWTH = 4;

    private enum State {
        MAP,
        KEY_OR_BREAK,
        KEY,
        ENCODING_ID,
        OTHER_VALUE,
        PAYLOAD,
        PAYLOAD_BYTES,
        CHUNK,
        CHUNK_BYTES
    }

    private final int maxPayloadBytes;
    private final UnfinishedBytes unfinished;
    private final CborHead head = new CborHead();
    private final CborScanner scanner = new CborScanner();

    private State state = State.MAP;
    private int headerBudget = MAX_HEADER_BYTES;
    /** Entries of the map to come, or negative where a break ends it. */
    private long entriesLeft;

    private @Nullable DataEncoding encoding;
    private boolean payloadHasBegun;
    private OptionalLong payloadSize = OptionalLong.empty();
    /** What was gathered and not taken; null before the payload begins and after a Blob's was taken. */
    private @Nullable ByteBuf payload;

    private long bytesLeft;
    private int heldBytes;

    DataFrameReader(int maxPayloadBytes, UnfinishedBytes unfinished) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.unfinished = unfinished;
    }

    /** Takes bytes up to the end of the frame; true once it is whole, false where {@code in} ran out. */
    boolean read(ByteBuf in) throws MalformedException {
        while (in.isReadable()) {
            if (state == State.PAYLOAD_BYTES || state == State.CHUNK_BYTES) {
                if (payloadBytes(in)) {
                    return true;
                }
                continue;
            }
            if (state == State.KEY_OR_BREAK) {
                if (in.getByte(in.readerIndex()) == CborHead.BREAK) {
                    in.skipBytes(1);
                    return endFrame();
                }
                state = State.KEY;
            }
            int start = in.readerIndex();
            boolean isWhole = usesScanner() ? scanner.scan(in) : head.read(in);
            // Heads of chunks are many where the payload is long; its own cap bounds those.
            if (state != State.CHUNK) {
                headerBudget -= in.readerIndex() - start;
            }
            if (headerBudget < 0) {
                throw new MalformedException("a data frame's header is too large");
            }
            if (isWhole && advance(in.alloc())) {
                return true;
            }
        }
        return false;
    }

    DataEncoding encoding() {
        if (encoding == null) {
            throw new IllegalStateException("No frame was read");
        }
        return encoding;
    }

    /** Whether this frame is a Blob whose payload has begun, so that what was gathered can be taken. */
    boolean isInBlob() {
        return encoding == DataEncoding.BLOB && payloadHasBegun;
    }

    /** How long the payload is, as far as it was announced. */
    OptionalLong payloadSize() {
        return payloadSize;
    }

    /** Hands over what was gathered of the payload; null where nothing was. */
    @Nullable ByteBuf takePayload() {
        ByteBuf gathered = payload;
        payload = null;
        unfinished.release(heldBytes);
        heldBytes = 0;
        return gathered;
    }

    /** Makes ready for the next frame. */
    void reset() {
        state = State.MAP;
        headerBudget = MAX_HEADER_BYTES;
        encoding = null;
        payloadHasBegun = false;
        payloadSize = OptionalLong.empty();
    }

    void release() {
        ByteBuf gathered = takePayload();
        if (gathered != null) {
            gathered.release();
        }
        reset();
    }

    private boolean usesScanner() {
        return state == State.KEY || state == State.ENCODING_ID || state == State.OTHER_VALUE;
    }

    /** Acts on a head or item that is whole; true where it ended the frame. */
    private boolean advance(ByteBufAllocator allocator) throws MalformedException {
        return switch (state) {
            case MAP -> beginMap();
            case KEY -> beginValue();
            case ENCODING_ID -> endEncodingId();
            case OTHER_VALUE -> nextEntry();
            case PAYLOAD -> beginPayload(allocator);
            case CHUNK -> beginChunk();
            case KEY_OR_BREAK, PAYLOAD_BYTES, CHUNK_BYTES -> throw new AssertionError(state);
        };
    }

    private boolean beginMap() throws MalformedException {
        expect(head.majorType() == CborHead.MAP && head.argument() >= 0, "a data frame is a map");
        entriesLeft = head.isIndefinite() ? -1 : head.argument();
        return nextEntry();
    }

    private boolean endEncodingId() throws MalformedException {
        expect(scanner.majorType() == CborHead.UNSIGNED && encoding == null, "a wrong encoding-id");
        encoding = encodingOf(scanner.argument());
        return nextEntry();
    }

    private boolean beginValue() throws MalformedException {
        state = State.OTHER_VALUE;
        if (scanner.majorType() == CborHead.UNSIGNED && scanner.argument() == KEY_ENCODING_ID) {
            state = State.ENCODING_ID;
        } else if (scanner.majorType() == CborHead.UNSIGNED && scanner.argument() == KEY_PAYLOAD) {
            state = State.PAYLOAD;
        }
        scanner.start(MAX_HEADER_BYTES);
        return false;
    }

    private boolean nextEntry() throws MalformedException {
        if (entriesLeft == 0) {
            return endFrame();
        }
        if (entriesLeft > 0) {
            entriesLeft--;
        }
        state = entriesLeft < 0 ? State.KEY_OR_BREAK : State.KEY;
        scanner.start(MAX_HEADER_BYTES);
        return false;
    }

    private boolean endFrame() throws MalformedException {
        expect(encoding != null && payloadHasBegun, "a data frame has an encoding-id and a payload");
        return true;
    }

    private boolean beginPayload(ByteBufAllocator allocator) throws MalformedException {
        expect(head.majorType() == CborHead.BYTES && !payloadHasBegun, "a payload is one byte string");
        payloadHasBegun = true;
        if (head.isIndefinite()) {
            state = State.CHUNK;
            if (!isInBlob()) {
                payload = allocator.buffer(0, maxPayloadBytes);
            }
            return false;
        }
        expect(head.argument() >= 0 && (isInBlob() || head.argument() <= maxPayloadBytes), "a payload is too large");
        payloadSize = OptionalLong.of(head.argument());
        bytesLeft = head.argument();
        if (!isInBlob()) {
            int room = (int) Math.min(bytesLeft, EAGER_BYTES);
            hold(room);
            payload = allocator.buffer(room, (int) bytesLeft);
        }
        state = State.PAYLOAD_BYTES;
        return bytesLeft == 0 && nextEntry();
    }

    private boolean beginChunk() throws MalformedException {
        if (head.isBreak()) {
            return nextEntry();
        }
        expect(head.majorType() == CborHead.BYTES && !head.isIndefinite(), "a chunk of a payload is a byte string");
        long room = payload == null || isInBlob() ? Long.MAX_VALUE : maxPayloadBytes - payload.readableBytes();
        expect(head.argument() >= 0 && head.argument() <= room, "a payload is too large");
        bytesLeft = head.argument();
        state = bytesLeft == 0 ? State.CHUNK : State.CHUNK_BYTES;
        return false;
    }

    private void hold(int bytes) throws MalformedException {
        unfinished.hold(bytes);
        heldBytes += bytes;
    }

    private boolean payloadBytes(ByteBuf in) throws MalformedException {
        int bytes = (int) Math.min(bytesLeft, in.readableBytes());
        ByteBuf gathered = payload;
        if (gathered == null) {
            // Of a Blob; taken when this read is over, so that no more than this is gathered.
            gathered = in.alloc().buffer(in.readableBytes());
            payload = gathered;
        } else if (gathered.writableBytes() < bytes) {
            grow(gathered, bytes);
        }
        gathered.writeBytes(in, bytes);
        bytesLeft -= bytes;
        if (bytesLeft > 0) {
            return false;
        }
        if (state == State.CHUNK_BYTES) {
            state = State.CHUNK;
            return false;
        }
        return nextEntry();
    }

    private void grow(ByteBuf gathered, int bytes) throws MalformedException {
        int needed = gathered.readableBytes() + bytes;
        int grown = (int) Math.min((long) gathered.capacity() * GROWTH, gathered.maxCapacity());
        int capacity = Math.max(needed, grown);
        hold(capacity - gathered.capacity());
        gathered.capacity(capacity);
    }

    // https://wicg.github.io/local-peer-to-peer/#appendix-a (data-channel-encoding-id)
    private static DataEncoding encodingOf(long value) throws MalformedException {
        for (DataEncoding known : DataEncoding.values()) {
            if (known.value() == value) {
                return known;
            }
        }
        throw new MalformedException("a wrong encoding-id");
    }

    private static void expect(boolean condition, String otherwise) throws MalformedException {
        if (!condition) {
            throw new MalformedException(otherwise);
        }
    }
}
