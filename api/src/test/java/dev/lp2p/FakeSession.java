package dev.lp2p;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A session with a peer that the test plays, and that accepts one connection. */
final class FakeSession implements Session {

    final FakePeerConnection connection;

    @Nullable SessionCloseReason closed;

    private final String peerName;
    private final boolean isClient;
    private @Nullable SessionListener listener;
    private boolean requested;

    FakeSession(Fingerprint peer, String peerName) {
        this(peer, peerName, true);
    }

    FakeSession(Fingerprint peer, String peerName, boolean isClient) {
        this.isClient = isClient;
        this.peerName = peerName;
        this.connection = new FakePeerConnection(peer, isClient);
    }

    /** The peer asks for a connection. */
    void request() {
        listener().onConnectionRequest(new IncomingConnectionRequest() {
            @Override
            public Optional<String> origin() {
                return Optional.empty();
            }

            @Override
            public String nickname() {
                return peerName;
            }

            @Override
            public PeerConnection accept(String nickname) {
                return connection;
            }

            @Override
            public void refuse() {
                close(SessionCloseReason.CLOSED_HERE);
            }
        });
    }

    /** The session ends, and its connection with it. */
    void end(SessionCloseReason reason) {
        connection.end(reason);
        listener().onClosed(reason);
    }

    private SessionListener listener() {
        if (listener == null) {
            throw new AssertionError("Nobody hears this session");
        }
        return listener;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return connection.peerFingerprint();
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
        if (requested) {
            return CompletableFuture.failedStage(new OspException(OspException.Kind.UNAVAILABLE, "One at a time"));
        }
        requested = true;
        return CompletableFuture.completedStage(connection);
    }

    @Override
    public void close(SessionCloseReason reason) {
        closed = reason;
    }
}
