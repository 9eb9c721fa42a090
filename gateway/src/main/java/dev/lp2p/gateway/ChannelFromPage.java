package dev.lp2p.gateway;

import dev.lp2p.LP2PBlobWriter;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the page sends on a channel. Messages of text and bytes are gathered until they are whole, Blobs go on as they come,
 * and the page gets credit as QUIC took what it sent: of a message above the window, as it is gathered, while nothing much
 * waits before it. Belongs to the gateway's loop.
 */
final class ChannelFromPage {

    private static final long WINDOW = Limits.FLOW_WINDOW;

    /** Credit is given in lumps of this, or soon after nothing waits any more. */
    private static final long LUMP = WINDOW / IncomingWindow.LUMPS;

    private final PageSession session;
    private final PageChannel owner;
    private final LP2PDataChannel channel;

    /** What has begun is of this kind. */
    private @Nullable FrameKind open;

    private @Nullable ByteBuf gathered;
    private @Nullable LP2PBlobWriter blob;
    private long received;
    private long handedOver;
    private long credited;
    private long held;
    private boolean hasEnded;
    private boolean isOver;

    ChannelFromPage(PageSession session, PageChannel owner, LP2PDataChannel channel) {
        this.session = session;
        this.owner = owner;
        this.channel = channel;
    }

    void receive(FrameKind kind, ByteBuf payload) {
        received += payload.readableBytes();
        if (received - credited > WINDOW) {
            throw ProtocolViolation.badMessage("More was sent than there was credit for");
        }
        FrameKind last = kind.last();
        if (last.value() > FrameKind.BLOB.value() || (open != null && open != last)) {
            throw ProtocolViolation.badMessage("A frame of a kind that cannot come here");
        }
        boolean isLast = kind == last;
        open = isLast ? null : last;
        if (hasEnded) {
            return;
        }
        try {
            if (last == FrameKind.BLOB) {
                writeBlob(payload.nioBuffer(), isLast);
            } else {
                gather(last, payload, isLast);
            }
        } catch (LP2PException closedMeanwhile) {
            // The page gets no credit for what goes nowhere, and so knows of it at the end.
        }
        settle();
    }

    /** Gives the credit that is due; also after the channel has sent some. */
    void settle() {
        long threshold;
        do {
            if (isOver) {
                return;
            }
            long buffered = channel.bufferedAmount();
            long inMemory = gatheredBytes();
            long due = handedOver - buffered - credited;
            if (inMemory > WINDOW / 2
                    && buffered <= WINDOW
                    && session.largeMessages().mayGather(owner)) {
                due = received - credited;
            }
            if (inMemory == 0 && buffered <= WINDOW) {
                session.largeMessages().done(owner);
            }
            recount();
            boolean isRest = due > 0 && buffered == 0 && inMemory == 0;
            if (due >= LUMP || (isRest && due >= Limits.SMALL_CREDIT)) {
                give(due);
            } else if (isRest) {
                session.giveSoon(owner);
            }
            threshold = Math.max(0, buffered - LUMP);
            channel.setBufferedAmountLowThreshold(threshold);
            if (buffered == 0) {
                return;
            }
        } while (channel.bufferedAmount() <= threshold);
    }

    /** Gives what is due, however little. */
    void giveRest() {
        long due = handedOver - channel.bufferedAmount() - credited;
        if (!isOver && due > 0) {
            give(due);
        }
    }

    /** Empty messages leave without a word. */
    void recount() {
        if (!isOver) {
            hold(gatheredBytes() + channel.bufferedAmount() + channel.unsentMessages() * Limits.MESSAGE_OVERHEAD_BYTES);
        }
    }

    /** Nothing more comes: what has begun cannot be finished. */
    void end() {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        session.largeMessages().done(owner);
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        if (blob != null) {
            blob.abort(new IOException("The page gave it up"));
            blob = null;
        }
    }

    /** The channel is gone. The page gets the credit for what left before, and for nothing else. */
    void close() {
        end();
        giveRest();
        isOver = true;
        hold(0);
    }

    /** The page cuts the channel. */
    void abort() {
        try {
            if (blob == null && !hasEnded) {
                // What cuts a channel is a message that cannot be finished.
                blob = channel.sendBlob();
            }
        } catch (LP2PException closedMeanwhile) {
            // So it is cut, or about to be.
        }
        close();
        channel.close();
    }

    private void give(long bytes) {
        credited += bytes;
        session.send(new FromAgent.Credit(owner.number, bytes));
    }

    private void writeBlob(ByteBuffer part, boolean isLast) {
        LP2PBlobWriter writer = blob;
        if (writer == null) {
            writer = channel.sendBlob();
            blob = writer;
        }
        // Once the channel has ended, which its events are yet to say, it takes nothing.
        long before = channel.bufferedAmount();
        writer.write(part);
        handedOver += channel.bufferedAmount() - before;
        if (isLast) {
            writer.close();
            blob = null;
        }
    }

    private void gather(FrameKind kind, ByteBuf payload, boolean isLast) {
        ByteBuf before = gathered;
        if (before == null && isLast) {
            send(kind, payload.nioBuffer());
            handedOver += payload.readableBytes();
            return;
        }
        if (before == null) {
            before = PooledByteBufAllocator.DEFAULT.buffer(payload.readableBytes());
            gathered = before;
        }
        if (before.readableBytes() + payload.readableBytes() > Limits.MESSAGE_BYTES) {
            throw ProtocolViolation.badMessage(
                    "A message has at most " + Limits.MESSAGE_BYTES + " bytes, unless it is a Blob");
        }
        before.writeBytes(payload);
        if (isLast) {
            gathered = null;
            try {
                send(kind, before.nioBuffer());
                handedOver += before.readableBytes();
            } finally {
                before.release();
            }
        }
    }

    private void send(FrameKind kind, ByteBuffer message) {
        if (kind == FrameKind.BINARY) {
            channel.send(message);
            return;
        }
        try {
            channel.send(StandardCharsets.UTF_8.newDecoder().decode(message).toString());
        } catch (CharacterCodingException e) {
            throw ProtocolViolation.badMessage("A message of text that is no UTF-8");
        }
    }

    private long gatheredBytes() {
        return gathered == null ? 0 : gathered.readableBytes();
    }

    private void hold(long bytes) {
        long more = bytes - held;
        held = bytes;
        session.hold(more);
    }
}
