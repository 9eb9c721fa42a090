package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.transport.Connection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one connection of a session with a peer that does not tell origins apart. */
final class ImpliedConnection implements PeerConnections {

    private final Session session;
    private final DataChannels channels;
    private final Consumer<Runnable> later;
    private @Nullable Request request;
    private @Nullable SessionConnection connection;
    private @Nullable SessionCloseReason ended;
    private boolean wasOffered;

    /** @param later runs a task in a later turn of the loop */
    ImpliedConnection(Session session, DataChannels channels, Consumer<Runnable> later) {
        this.session = session;
        this.channels = channels;
        this.later = later;
    }

    @Override
    public void setListener(SessionListener listener) {
        if (!session.isClient()) {
            // Where both sides dialled, whoever asked for the peer here gets the connection without another question.
            later.accept(() -> offer(listener));
        }
    }

    @Override
    public CompletionStage<PeerConnection> request(String origin, String nickname) {
        if (ended != null) {
            return CompletableFuture.failedStage(CloseCode.toFailure(ended));
        }
        if (connection != null || request != null) {
            return CompletableFuture.failedStage(new OspException(
                    Kind.UNAVAILABLE, "The device takes one connection at a time; use or close the one that is open"));
        }
        return CompletableFuture.completedStage(open());
    }

    @Override
    public boolean takesMessages() {
        return false;
    }

    @Override
    public void onMessage(ConnectionMessage message) {
        throw new IllegalStateException("Nothing but channels comes for an implied connection");
    }

    @Override
    public @Nullable ConnectionChannels find(OptionalLong connectionId) {
        return connection == null ? null : connection.channels();
    }

    @Override
    public boolean isExpected(OptionalLong connectionId) {
        return connection != null;
    }

    @Override
    public void onTransport(OptionalLong connectionId, Connection transport) {
        if (connection == null || connectionId.isPresent()) {
            transport.refuse();
        } else {
            connection.onTransport(transport);
        }
    }

    @Override
    public void end(SessionCloseReason reason) {
        ended = reason;
        if (connection != null) {
            connection.end(reason);
            connection = null;
        }
    }

    private void offer(SessionListener listener) {
        if (ended == null && connection == null && !wasOffered) {
            wasOffered = true;
            request = new Request();
            listener.onConnectionRequest(request);
        }
    }

    private SessionConnection open() {
        wasOffered = true;
        // Nothing tells who asked, so whoever dialled counts as the requester.
        SessionConnection opened = new SessionConnection(
                OptionalLong.empty(),
                session.peerFingerprint(),
                session.peerInfo().displayName(),
                session.isClient(),
                channels,
                closed -> connection = null);
        if (ended != null) {
            opened.end(ended);
        } else {
            connection = opened;
        }
        return opened;
    }

    private final class Request implements IncomingConnectionRequest {

        private final String nickname = session.peerInfo().displayName();
        private boolean answered;

        @Override
        public Optional<String> origin() {
            return Optional.empty();
        }

        @Override
        public String nickname() {
            return nickname;
        }

        @Override
        public PeerConnection accept(String ownNickname) {
            answer();
            return open();
        }

        @Override
        public void refuse() {
            answer();
            session.close(SessionCloseReason.CLOSED_HERE);
        }

        private void answer() {
            if (answered) {
                throw new IllegalStateException("The request was answered before");
            }
            answered = true;
            request = null;
        }
    }
}
