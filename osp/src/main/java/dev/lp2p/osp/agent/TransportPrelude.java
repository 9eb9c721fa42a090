package dev.lp2p.osp.agent;

import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.Lp2pTransportRequest;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.session.SentEnds;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * How a q2q connection begins between agents that tell origins apart: the client's first unidirectional stream names the
 * LP2P connection that it is for. The stream stays open, and keeps the connection alive with agent-status requests, which
 * nobody answers: one port has one idle timeout for all it serves. The server's first unidirectional stream is open as
 * long. On these two each side says where its streams end that QUIC may forget to end.
 */
final class TransportPrelude {

    /** For a name to come; a client sends it first of all. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private TransportPrelude() {}

    /** Names the connection, and gives the stream to keep it alive on. Comes before any other use of the connection. */
    static Sent send(Connection transport, long connectionId, ByteBufAllocator allocator) {
        TransportStream stream = transport.openUnidirectional(new StreamListener() {});
        stream.write(MessageWriter.encode(allocator, new Lp2pTransportRequest(connectionId)));
        tellEnds(transport, stream, allocator);
        transport.setPreludeListener(new Reader(transport, true, id -> {}));
        return new Sent(transport, stream, allocator);
    }

    /**
     * Waits for the name; what is not one, or comes too late, ends the connection. Comes before any other use of the
     * connection.
     */
    static void await(
            Connection transport, ScheduledExecutorService loop, ByteBufAllocator allocator, LongConsumer onNamed) {
        tellEnds(transport, transport.openUnidirectional(new StreamListener() {}), allocator);
        Future<?> timeout = loop.schedule(transport::refuse, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        transport.setPreludeListener(new Reader(transport, false, connectionId -> {
            timeout.cancel(false);
            onNamed.accept(connectionId);
        }));
    }

    private static void tellEnds(Connection transport, TransportStream stream, ByteBufAllocator allocator) {
        transport.setEndListener(new SentEnds(() -> stream, allocator, transport::refuse));
    }

    /** A prelude that was sent. */
    static final class Sent {

        private final Connection transport;
        private final TransportStream stream;
        private final ByteBufAllocator allocator;
        private long nextRequestId;

        private Sent(Connection transport, TransportStream stream, ByteBufAllocator allocator) {
            this.transport = transport;
            this.stream = stream;
            this.allocator = allocator;
        }

        boolean isOver() {
            return transport.isClosed();
        }

        /** Makes both sides hear of each other, unless what was sent before is still on its way. */
        void keepAlive() {
            if (stream.pendingBytes() == 0) {
                stream.write(MessageWriter.encode(allocator, new AgentStatusRequest(nextRequestId++)));
            }
        }
    }

    private static final class Reader implements StreamListener, MessageReader.Handler {

        private final Connection transport;
        private final LongConsumer onNamed;
        private final MessageReader messages = new MessageReader(this, this::isAcceptable);
        private boolean isNamed;

        /** @param isNamed whether no name is to come */
        Reader(Connection transport, boolean isNamed, LongConsumer onNamed) {
            this.transport = transport;
            this.isNamed = isNamed;
            this.onNamed = onNamed;
        }

        @Override
        public void onData(ByteBuf data) {
            messages.feed(data);
        }

        @Override
        public void onFinished() {
            messages.finish();
            refuseUnlessNamed();
        }

        @Override
        public void onReset(long errorCode) {
            messages.close();
            refuseUnlessNamed();
        }

        @Override
        public void onMessage(Message message) {
            if (message instanceof Lp2pTransportRequest request) {
                isNamed = true;
                onNamed.accept(request.connectionId());
            } else if (message instanceof Lp2pStreamEnd end) {
                transport.onPeerEnd(end.streamId(), end.bytes());
            }
        }

        @Override
        public void onUnknownTypeKey(long typeKey) {
            transport.refuse();
        }

        @Override
        public void onRefused(TypeKey typeKey) {
            transport.refuse();
        }

        @Override
        public void onMalformed(MalformedMessage problem) {
            transport.refuse();
        }

        private boolean isAcceptable(TypeKey key) {
            return isNamed
                    ? key == TypeKey.AGENT_STATUS_REQUEST || key == TypeKey.LP2P_STREAM_END
                    : key == TypeKey.LP2P_TRANSPORT_REQUEST;
        }

        private void refuseUnlessNamed() {
            if (!isNamed) {
                transport.refuse();
            }
        }
    }
}
