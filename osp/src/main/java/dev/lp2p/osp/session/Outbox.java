package dev.lp2p.osp.session;

import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages beside the data channels.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#messages">Messages delivery using CBOR and QUIC
 *     streams</a>
 */
final class Outbox {

    /** Messages that the transport could not take yet; a peer that asks for more answers than it reads has them pile up. */
    static final int MAX_WAITING_MESSAGES = 256;

    private static final StreamListener DEAF = new StreamListener() {};

    private final Connection connection;
    private final ByteBufAllocator allocator;
    private final Runnable onOverflow;
    private final Set<TransportStream> waiting = new HashSet<>();
    private @Nullable TransportStream group;

    Outbox(Connection connection, ByteBufAllocator allocator, Runnable onOverflow) {
        this.connection = connection;
        this.allocator = allocator;
        this.onOverflow = onOverflow;
    }

    /** Sends in the group whose messages arrive in order, which is open until {@link #endGroup}. */
    void sendInOrder(Message message) {
        TransportStream stream = group;
        if (stream == null) {
            stream = connection.openUnidirectional(DEAF);
            group = stream;
        }
        write(stream, message);
    }

    /** Sends on a stream of its own, in no order with anything. */
    void send(Message message) {
        waiting.removeIf(stream -> stream.pendingBytes() == 0);
        if (waiting.size() >= MAX_WAITING_MESSAGES) {
            onOverflow.run();
            return;
        }
        waiting.add(sendAlone(message));
    }

    /** As {@link #send}, but what the peer did not ask for, of which its sender bounds how much waits. */
    void sendUnasked(Message message) {
        sendAlone(message);
    }

    /** What tells the peer of ends, on a stream of its own. */
    SentEnds newSentEnds() {
        return new SentEnds(() -> connection.openUnidirectional(DEAF), allocator, onOverflow);
    }

    void endGroup() {
        if (group != null) {
            group.finish();
            group = null;
        }
    }

    private TransportStream sendAlone(Message message) {
        TransportStream stream = connection.openUnidirectional(DEAF);
        write(stream, message);
        stream.finish();
        return stream;
    }

    private void write(TransportStream stream, Message message) {
        stream.write(MessageWriter.encode(allocator, message));
    }
}
