package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.PeerConnectionListener;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Two connections joined in memory on one loop, with real frames, and with a wire that stops when the far end is not read. */
final class PipedSessions {

    final End requester = new End(1);
    final End acceptor = new End(2);
    private final Executor loop;

    PipedSessions(Executor loop) {
        this.loop = loop;
        requester.other = acceptor;
        acceptor.other = requester;
    }

    /** One of the two connections. */
    final class End implements PeerConnection {
        private final int number;
        private @Nullable PeerConnectionListener listener;
        private @Nullable End other;

        private End(int number) {
            this.number = number;
        }

        @Override
        public Fingerprint peerFingerprint() {
            return ConnectionFixture.fingerprint(number);
        }

        @Override
        public OptionalLong id() {
            return OptionalLong.empty();
        }

        @Override
        public String peerNickname() {
            return "Peer " + number;
        }

        @Override
        public boolean isRequester() {
            return number == 1;
        }

        @Override
        public void setListener(PeerConnectionListener newListener) {
            listener = newListener;
        }

        @Override
        public DataChannel openDataChannel(int id, String label, String protocol, DataChannelListener its) {
            Wire here = new Wire(id, label, protocol);
            Wire there = new Wire(id, label, protocol);
            here.join(there, its);
            loop.execute(() -> {
                PeerConnectionListener far = Objects.requireNonNull(Objects.requireNonNull(other).listener);
                there.join(here, far.onDataChannel(there));
                its.onOpen();
            });
            return here;
        }

        @Override
        public void close() {}
    }

    /** One end of a channel. */
    private final class Wire implements DataChannel, MessageReader.Handler {
        private final int id;
        private final String label;
        private final String protocol;
        private final Queue<ByteBuf> sent = new ArrayDeque<>();
        private final MessageReader reader = new MessageReader(this, key -> key == TypeKey.DATA_FRAME);
        private long pending;
        private boolean reading = true;
        private @Nullable Wire far;
        private @Nullable DataChannelListener listener;

        private Wire(int id, String label, String protocol) {
            this.id = id;
            this.label = label;
            this.protocol = protocol;
        }

        private void join(Wire farEnd, DataChannelListener itsListener) {
            far = farEnd;
            listener = itsListener;
        }

        /** Carries one frame, so that the loop's other tasks have their turn. */
        private void carry() {
            Wire to = Objects.requireNonNull(far);
            if (to.listener == null || !to.reading || sent.isEmpty()) {
                return;
            }
            ByteBuf frame = sent.remove();
            pending -= frame.readableBytes();
            to.reader.feed(frame);
            Objects.requireNonNull(listener).onDrained();
            loop.execute(this::carry);
        }

        @Override
        public void onDataFrame(DataEncoding encoding, ByteBuf payload) {
            Objects.requireNonNull(listener).onMessage(encoding, payload);
        }

        @Override
        public void onBlobStart(OptionalLong size) {
            Objects.requireNonNull(listener).onBlobStart(size);
        }

        @Override
        public void onBlobChunk(ByteBuf chunk) {
            Objects.requireNonNull(listener).onBlobChunk(chunk);
        }

        @Override
        public void onBlobEnd() {
            Objects.requireNonNull(listener).onBlobEnd();
        }

        @Override
        public void onMessage(Message message) {
            throw new AssertionError("Only data frames go here");
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
            throw new AssertionError(problem.reason());
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public String protocol() {
            return protocol;
        }

        @Override
        public void send(ByteBuf frame) {
            pending += frame.readableBytes();
            sent.add(frame);
            loop.execute(this::carry);
        }

        @Override
        public long pendingBytes() {
            return pending;
        }

        @Override
        public void setReading(boolean on) {
            reading = on;
            if (on) {
                Objects.requireNonNull(far).carry();
            }
        }

        @Override
        public void close() {}

        @Override
        public void abort() {}
    }
}
