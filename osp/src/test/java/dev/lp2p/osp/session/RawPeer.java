package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.SimulatedConnection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer that has no session: it sends what the test says and reads whatever comes. */
class RawPeer implements ConnectionListener {

    final List<Message> received = new ArrayList<>();
    final List<String> payloads = new ArrayList<>();
    final SimulatedConnection connection;
    private final ByteBufAllocator allocator;

    RawPeer(SimulatedConnection connection, ByteBufAllocator allocator) {
        this.connection = connection;
        this.allocator = allocator;
        connection.setListener(this);
    }

    /** Sends each message on a unidirectional stream of its own. */
    void send(Message... messages) {
        for (Message message : messages) {
            sendBytes(MessageWriter.encode(allocator, message));
        }
    }

    void sendBytes(ByteBuf bytes) {
        TransportStream stream = connection.openUnidirectional(new StreamListener() {});
        stream.write(bytes);
        stream.finish();
    }

    /** Opens a bidirectional stream with these messages at its start. */
    TransportStream openChannelStream(Message... messages) {
        TransportStream stream = connection.openBidirectional(reader());
        for (Message message : messages) {
            stream.write(MessageWriter.encode(allocator, message));
        }
        return stream;
    }

    <M extends Message> List<M> received(Class<M> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What the other side closed the connection with. */
    ConnectionCloseReason closed() {
        @Nullable ConnectionCloseReason reason = connection.closeReason();
        if (reason == null) {
            throw new AssertionError("The connection is open");
        }
        return reason;
    }

    @Override
    public StreamListener onStream(TransportStream stream) {
        return reader();
    }

    @Override
    public void onClosed(ConnectionCloseReason reason) {}

    private StreamListener reader() {
        MessageReader reader = new MessageReader(
                new MessageReader.Handler() {
                    @Override
                    public void onMessage(Message message) {
                        received.add(message);
                    }

                    @Override
                    public void onDataFrame(DataEncoding encoding, ByteBuf payload) {
                        payloads.add(payload.toString(java.nio.charset.StandardCharsets.UTF_8));
                        payload.release();
                    }

                    @Override
                    public void onUnknownTypeKey(long typeKey) {
                        throw new AssertionError("Unknown type key " + typeKey);
                    }

                    @Override
                    public void onRefused(TypeKey typeKey) {
                        throw new AssertionError("Refused " + typeKey);
                    }

                    @Override
                    public void onMalformed(MalformedMessage problem) {
                        throw new AssertionError(problem.toString());
                    }
                },
                key -> true);
        return new StreamListener() {
            @Override
            public void onData(ByteBuf data) {
                reader.feed(data);
            }

            @Override
            public void onReset(long errorCode) {
                reader.close();
            }
        };
    }
}
