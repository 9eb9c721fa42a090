package dev.lp2p.osp.session;

import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages beside the data channels.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#messages">Messages delivery using CBOR and QUIC
 *     streams</a>
 */
final class Outbox {

    private static final StreamListener DEAF = new StreamListener() {};

    private final Connection connection;
    private final ByteBufAllocator allocator;
    private final Runnable onSent;
    private @Nullable TransportStream group;

    Outbox(Connection connection, ByteBufAllocator allocator, Runnable onSent) {
        this.connection = connection;
        this.allocator = allocator;
        this.onSent = onSent;
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
        TransportStream stream = connection.openUnidirectional(DEAF);
        write(stream, message);
        stream.finish();
    }

    void endGroup() {
        if (group != null) {
            group.finish();
            group = null;
        }
    }

    private void write(TransportStream stream, Message message) {
        onSent.run();
        stream.write(MessageWriter.encode(allocator, message));
    }
}
