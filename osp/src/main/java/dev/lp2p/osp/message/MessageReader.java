package dev.lp2p.osp.message;

import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one stream, in pieces of any size, apart into messages. What it holds is bounded by the type of the
 * message, and no byte of a message is kept whose type key the owner does not accept at that moment.
 *
 * <p>The first thing that is wrong ends it: the handler hears of it once, and whatever comes after is dropped. Not
 * thread-safe; the handler is called from within {@link #feed} and may close the reader there.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#messages">Messages delivery using CBOR</a>
 */
public final class MessageReader {

    /** The largest payload of a data frame other than a Blob that is accepted unless the owner says otherwise. */
    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

    /** What a message without texts of any length takes, with room for extensions. */
    static final int MAX_SMALL_MESSAGE_BYTES = 1024;

    static final int MAX_AGENT_INFO_BYTES = 16 * 1024;

    /** Label and protocol have up to 65,535 bytes each, as with RTCDataChannel. */
    static final int MAX_OPEN_REQUEST_BYTES = 2 * 65_535 + MAX_SMALL_MESSAGE_BYTES;

    /** Hears what is in the stream. */
    public interface Handler {

        void onMessage(Message message);

        /** A whole data frame, never a Blob. The handler takes over the reference to the payload. */
        default void onDataFrame(DataEncoding encoding, ByteBuf payload) {
            payload.release();
        }

        /** A Blob begins; {@code size} is what the peer announced, if it did. */
        default void onBlobStart(OptionalLong size) {}

        /** The next bytes of the Blob, at least one. The handler takes over the reference. */
        default void onBlobChunk(ByteBuf chunk) {
            chunk.release();
        }

        /** The Blob is whole. One that is cut short has no end: something else ends the reader. */
        default void onBlobEnd() {}

        /** The peer sent a type key that this agent does not know. The reader has ended. */
        void onUnknownTypeKey(long typeKey);

        /** The peer sent a type key that the owner does not accept now. The reader has ended. */
        void onRefused(TypeKey typeKey);

        /** The peer sent something that is no message. The reader has ended. */
        void onMalformed(MalformedMessage problem);
    }

    private enum State {
        TYPE_KEY,
        MESSAGE,
        DATA_FRAME,
        ENDED
    }

    private final Handler handler;
    private final Predicate<TypeKey> acceptable;
    private final UnfinishedBytes unfinished;
    private final DataFrameReader dataFrame;
    private final CborScanner scanner = new CborScanner();

    private State state = State.TYPE_KEY;
    private long typeKeyValue;
    private int typeKeyBytesLeft;
    private @Nullable TypeKey typeKey;
    private boolean blobHasBegun;
    private ByteArrayOutputStream item = new ByteArrayOutputStream(0);

    /** @param acceptable asked for each message, before anything of it is read */
    public MessageReader(Handler handler, Predicate<TypeKey> acceptable) {
        this(handler, acceptable, DEFAULT_MAX_PAYLOAD_BYTES);
    }

    /** @param unfinished shared by readers whose peer can begin a message in each of them */
    public MessageReader(Handler handler, Predicate<TypeKey> acceptable, UnfinishedBytes unfinished) {
        this(handler, acceptable, DEFAULT_MAX_PAYLOAD_BYTES, unfinished);
    }

    public MessageReader(Handler handler, Predicate<TypeKey> acceptable, int maxPayloadBytes) {
        this(handler, acceptable, maxPayloadBytes, new UnfinishedBytes());
    }

    private MessageReader(
            Handler handler, Predicate<TypeKey> acceptable, int maxPayloadBytes, UnfinishedBytes unfinished) {
        this.handler = handler;
        this.acceptable = acceptable;
        this.unfinished = unfinished;
        this.dataFrame = new DataFrameReader(maxPayloadBytes, unfinished);
    }

    /** The next bytes of the stream; takes over the reference. */
    public void feed(ByteBuf in) {
        try {
            while (state != State.ENDED && in.isReadable()) {
                switch (state) {
                    case TYPE_KEY -> readTypeKey(in);
                    case MESSAGE -> readMessage(in);
                    case DATA_FRAME -> readDataFrame(in);
                    case ENDED -> {}
                }
            }
        } catch (MalformedException e) {
            endMalformed(e.reason());
        } finally {
            in.release();
        }
    }

    /** The stream ended: a message cut short is malformed. */
    public void finish() {
        if (state == State.ENDED) {
            return;
        }
        if (state != State.TYPE_KEY || typeKeyBytesLeft > 0) {
            endMalformed("cut short by the end of its stream");
        }
        close();
    }

    /** Drops what is unfinished; nothing is delivered from here on. */
    public void close() {
        state = State.ENDED;
        dropItem();
        dataFrame.release();
    }

    private void readTypeKey(ByteBuf in) {
        byte next = in.readByte();
        if (typeKeyBytesLeft == 0) {
            typeKeyBytesLeft = VarInt.encodedBytes(next) - 1;
            typeKeyValue = next & VarInt.FIRST_BYTE_VALUE_MASK;
        } else {
            typeKeyBytesLeft--;
            typeKeyValue = (typeKeyValue << Byte.SIZE) | (next & 0xff);
        }
        if (typeKeyBytesLeft == 0) {
            beginMessage(TypeKey.of(typeKeyValue));
        }
    }

    private void beginMessage(@Nullable TypeKey next) {
        typeKey = next;
        if (next == null) {
            close();
            handler.onUnknownTypeKey(typeKeyValue);
        } else if (!acceptable.test(next)) {
            close();
            handler.onRefused(next);
        } else if (next == TypeKey.DATA_FRAME) {
            state = State.DATA_FRAME;
        } else {
            scanner.start(maxBytes(next));
            state = State.MESSAGE;
        }
    }

    private void readMessage(ByteBuf in) throws MalformedException {
        ByteBuf piece = in.slice();
        boolean isWhole = scanner.scan(in);
        int bytes = piece.readableBytes() - in.readableBytes();
        unfinished.hold(bytes);
        byte[] scanned = new byte[bytes];
        piece.readBytes(scanned);
        item.writeBytes(scanned);
        if (isWhole && typeKey != null) {
            Message message = MessageDecoder.decode(typeKey, item.toByteArray());
            endMessage();
            handler.onMessage(message);
        }
    }

    private void readDataFrame(ByteBuf in) throws MalformedException {
        boolean isWhole = dataFrame.read(in);
        if (dataFrame.isInBlob()) {
            deliverBlob(isWhole);
        } else if (isWhole) {
            DataEncoding encoding = dataFrame.encoding();
            ByteBuf payload = dataFrame.takePayload();
            dataFrame.reset();
            endMessage();
            handler.onDataFrame(encoding, payload == null ? Unpooled.EMPTY_BUFFER : payload);
        }
    }

    /** Hands on what has come of a Blob; each callback may close the reader. */
    private void deliverBlob(boolean isWhole) {
        ByteBuf chunk = dataFrame.takePayload();
        if (!blobHasBegun) {
            blobHasBegun = true;
            handler.onBlobStart(dataFrame.payloadSize());
        }
        if (chunk != null) {
            if (state == State.ENDED || !chunk.isReadable()) {
                chunk.release();
            } else {
                handler.onBlobChunk(chunk);
            }
        }
        if (isWhole && state != State.ENDED) {
            blobHasBegun = false;
            dataFrame.reset();
            endMessage();
            handler.onBlobEnd();
        }
    }

    private void endMessage() {
        state = State.TYPE_KEY;
        typeKey = null;
        dropItem();
    }

    private void dropItem() {
        unfinished.release(item.size());
        item = new ByteArrayOutputStream(0);
    }

    private void endMalformed(String reason) {
        MalformedMessage problem = new MalformedMessage(typeKey, reason);
        close();
        handler.onMalformed(problem);
    }

    private static int maxBytes(TypeKey typeKey) {
        return switch (typeKey) {
            case AGENT_INFO_RESPONSE, AGENT_INFO_EVENT -> MAX_AGENT_INFO_BYTES;
            case DATA_CHANNEL_OPEN_REQUEST -> MAX_OPEN_REQUEST_BYTES;
            default -> MAX_SMALL_MESSAGE_BYTES;
        };
    }
}
