package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A session with a peer that the test plays, and that accepts every connection unless told otherwise. */
final class FakeSession implements Session {

    /** What was asked of the peer: origin and nickname. */
    final List<String> requested = new ArrayList<>();

    /** Connections that either side asked for and got. */
    final List<FakePeerConnection> connections = new ArrayList<>();

    /** What the peer answers, if not yes. */
    @Nullable CompletableFuture<PeerConnection> answer;

    @Nullable SessionCloseReason closed;

    private final Fingerprint peer;
    private final String peerName;
    private final boolean isClient;
    private @Nullable SessionListener listener;

    FakeSession(Fingerprint peer, String peerName) {
        this(peer, peerName, true);
    }

    FakeSession(Fingerprint peer, String peerName, boolean isClient) {
        this.isClient = isClient;
        this.peerName = peerName;
        this.peer = peer;
    }

    /** The peer, which does not tell origins apart, asks for a connection. */
    FakeRequest request() {
        return request(null);
    }

    /** The peer asks for a connection. */
    FakeRequest request(@Nullable String origin) {
        FakeRequest request = new FakeRequest(Optional.ofNullable(origin));
        listener().onConnectionRequest(request);
        return request;
    }

    /** The session ends, and its connections with it. */
    void end(SessionCloseReason reason) {
        List.copyOf(connections).forEach(connection -> connection.end(reason));
        listener().onClosed(reason);
    }

    /** The connection that was made last. */
    FakePeerConnection connection() {
        return connections.get(connections.size() - 1);
    }

    private SessionListener listener() {
        if (listener == null) {
            throw new AssertionError("Nobody hears this session");
        }
        return listener;
    }

    private FakePeerConnection connect(boolean isRequester) {
        FakePeerConnection connection = new FakePeerConnection(peer, isRequester);
        connections.add(connection);
        return connection;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return peer;
    }

    @Override
    public AgentInfo peerInfo() {
        return new AgentInfo(peerName, "", Set.of(), "abcdefgh", List.of());
    }

    @Override
    public boolean isClient() {
        return isClient;
    }

    @Override
    public void setListener(SessionListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<PeerConnection> requestConnection(String origin, String nickname) {
        requested.add((origin + " " + nickname).strip());
        return answer == null ? CompletableFuture.completedStage(connect(true)) : answer;
    }

    @Override
    public void close(SessionCloseReason reason) {
        closed = reason;
    }

    /** What the peer asked for, and what it was told. */
    final class FakeRequest implements IncomingConnectionRequest {

        boolean refused;

        @Nullable FakePeerConnection accepted;

        private final Optional<String> origin;
        private final FakePeerConnection offered;

        private FakeRequest(Optional<String> origin) {
            this.origin = origin;
            this.offered = new FakePeerConnection(
                    origin.isPresent() ? OptionalLong.of(connections.size()) : OptionalLong.empty(), peer, false);
        }

        boolean isAnswered() {
            return refused || accepted != null;
        }

        /** The end that the peer uses, before it was accepted too. */
        FakePeerConnection connection() {
            return offered;
        }

        @Override
        public Optional<String> origin() {
            return origin;
        }

        @Override
        public String nickname() {
            return "their program";
        }

        @Override
        public PeerConnection accept(String nickname) {
            accepted = offered;
            connections.add(offered);
            return offered;
        }

        @Override
        public void refuse() {
            refused = true;
        }
    }
}
