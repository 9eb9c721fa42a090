package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.message.Lp2pCloseEvent;
import dev.lp2p.osp.message.Lp2pConnectRequest;
import dev.lp2p.osp.message.Lp2pConnectResponse;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.transport.Connection;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of a session with a peer that tells origins apart, as {@code docs/origins-extension.md} has it. */
final class RequestedConnections implements PeerConnections {

    /** Connections of a session, in both directions, with the requests of the peer; more of these are refused. */
    static final int MAX_CONNECTIONS = 2048;

    /** Requests of one side that wait for an answer: more of the peer's are refused, more of ours wait here. */
    static final int MAX_REQUESTS = 64;

    private final Session session;
    private final DataChannels channels;
    private final Consumer<ConnectionMessage> outbox;
    private final Consumer<String> breach;
    private final Map<Long, SessionConnection> open = new LinkedHashMap<>();
    private final Map<Long, CompletableFuture<PeerConnection>> asked = new HashMap<>();
    private final Queue<Wish> unasked = new ArrayDeque<>();
    private final Map<Long, Request> theirs = new LinkedHashMap<>();

    /** Connections whose end overtook the word that they were accepted. */
    private final Set<Long> endedEarly = new HashSet<>();

    private @Nullable SessionListener listener;
    private @Nullable SessionCloseReason ended;
    private long nextRequestId;
    private long nextConnectionId;

    /** @param breach ends the session, since the peer broke the protocol */
    RequestedConnections(
            Session session, DataChannels channels, Consumer<ConnectionMessage> outbox, Consumer<String> breach) {
        this.session = session;
        this.channels = channels;
        this.outbox = outbox;
        this.breach = breach;
        // Who accepts chooses: the client of the QUIC connection even ids, the server odd ones, none of them twice.
        this.nextConnectionId = session.isClient() ? 0 : 1;
    }

    static boolean isTheirs(TypeKey key) {
        return key == TypeKey.LP2P_CONNECT_REQUEST
                || key == TypeKey.LP2P_CONNECT_RESPONSE
                || key == TypeKey.LP2P_CLOSE_EVENT
                || key == TypeKey.LP2P_STREAM_END;
    }

    @Override
    public void setListener(SessionListener sessionListener) {
        listener = sessionListener;
        channels.startAccepting();
        List.copyOf(theirs.values()).forEach(Request::offer);
    }

    @Override
    public CompletionStage<PeerConnection> request(String origin, String nickname) {
        CompletableFuture<PeerConnection> result = new CompletableFuture<>();
        Lp2pConnectRequest message = new Lp2pConnectRequest(nextRequestId++, origin, nickname);
        if (ended != null) {
            result.completeExceptionally(CloseCode.toFailure(ended));
        } else {
            unasked.add(new Wish(message, result));
            ask();
        }
        return result;
    }

    @Override
    public boolean takesMessages() {
        return true;
    }

    @Override
    public void onMessage(ConnectionMessage message) {
        if (message instanceof Lp2pConnectRequest request) {
            onRequest(request);
        } else if (message instanceof Lp2pConnectResponse response) {
            onResponse(response);
        } else if (message instanceof Lp2pCloseEvent event) {
            onClosed(event.connectionId());
        }
    }

    @Override
    public @Nullable ConnectionChannels find(OptionalLong connectionId) {
        SessionConnection connection = get(connectionId);
        return connection == null ? null : connection.channels();
    }

    @Override
    public boolean isExpected(OptionalLong connectionId) {
        return get(connectionId) != null
                || (connectionId.isPresent() && isChosenByPeer(connectionId.getAsLong()) && !asked.isEmpty());
    }

    @Override
    public void onTransport(OptionalLong connectionId, Connection transport) {
        SessionConnection connection = get(connectionId);
        // The requester dials.
        if (connection == null || connection.isRequester()) {
            transport.refuse();
        } else {
            connection.onTransport(transport);
        }
    }

    @Override
    public void end(SessionCloseReason reason) {
        ended = reason;
        OspException failure = CloseCode.toFailure(reason);
        List<CompletableFuture<PeerConnection>> unanswered = List.copyOf(asked.values());
        List<Wish> wishes = List.copyOf(unasked);
        asked.clear();
        unasked.clear();
        theirs.clear();
        List.copyOf(open.values()).forEach(connection -> connection.end(reason));
        open.clear();
        unanswered.forEach(result -> result.completeExceptionally(failure));
        wishes.forEach(wish -> wish.result.completeExceptionally(failure));
    }

    private void ask() {
        while (asked.size() < MAX_REQUESTS && !unasked.isEmpty()) {
            Wish wish = unasked.remove();
            // Whoever gave up meanwhile is not asked for any more.
            if (!wish.result.isDone()) {
                asked.put(wish.message.requestId(), wish.result);
                outbox.accept(wish.message);
            }
        }
    }

    private void onRequest(Lp2pConnectRequest message) {
        if (theirs.containsKey(message.requestId())) {
            breach.accept("two requests with one request-id");
        } else if (theirs.size() >= MAX_REQUESTS || theirs.size() + open.size() >= MAX_CONNECTIONS) {
            outbox.accept(Lp2pConnectResponse.unavailable(message.requestId()));
        } else {
            Request request = new Request(message);
            theirs.put(message.requestId(), request);
            request.offer();
        }
    }

    private void onResponse(Lp2pConnectResponse response) {
        Lp2pConnectResponse.Accepted accepted = response.accepted().orElse(null);
        CompletableFuture<PeerConnection> result = asked.get(response.requestId());
        if (result == null) {
            return;
        }
        if (accepted != null
                && (!isChosenByPeer(accepted.connectionId()) || open.containsKey(accepted.connectionId()))) {
            breach.accept("a connection-id that is not free");
            return;
        }
        asked.remove(response.requestId());
        if (accepted == null) {
            result.completeExceptionally(new OspException(Kind.UNAVAILABLE, CloseCode.UNAVAILABLE));
        } else {
            onAccepted(accepted, result);
        }
        ask();
        if (asked.isEmpty()) {
            endedEarly.clear();
        }
        channels.onConnectionsChanged();
    }

    private void onAccepted(Lp2pConnectResponse.Accepted accepted, CompletableFuture<PeerConnection> result) {
        SessionConnection connection = newConnection(accepted.connectionId(), accepted.nickname(), true);
        if (endedEarly.remove(accepted.connectionId())) {
            onClosed(accepted.connectionId());
        }
        if (!result.complete(connection)) {
            connection.close();
        }
    }

    private void onClosed(long connectionId) {
        SessionConnection connection = open.remove(connectionId);
        if (connection != null) {
            connection.abort(SessionCloseReason.CLOSED_BY_PEER);
            channels.onConnectionsChanged();
        } else if (isChosenByPeer(connectionId) && !asked.isEmpty() && endedEarly.size() < MAX_REQUESTS) {
            endedEarly.add(connectionId);
        }
    }

    private SessionConnection newConnection(long id, String peerNickname, boolean isRequester) {
        SessionConnection connection = new SessionConnection(
                OptionalLong.of(id), session.peerFingerprint(), peerNickname, isRequester, channels, closed -> {
                    open.remove(id);
                    outbox.accept(new Lp2pCloseEvent(id, Lp2pCloseEvent.CLOSED));
                });
        if (ended != null) {
            connection.end(ended);
        } else {
            open.put(id, connection);
        }
        return connection;
    }

    private @Nullable SessionConnection get(OptionalLong connectionId) {
        return connectionId.isPresent() ? open.get(connectionId.getAsLong()) : null;
    }

    private boolean isChosenByPeer(long connectionId) {
        return (connectionId % 2 == 0) != session.isClient();
    }

    private record Wish(Lp2pConnectRequest message, CompletableFuture<PeerConnection> result) {}

    private final class Request implements IncomingConnectionRequest {

        private final Lp2pConnectRequest message;
        private boolean offered;
        private boolean answered;

        Request(Lp2pConnectRequest message) {
            this.message = message;
        }

        void offer() {
            if (listener != null && !offered) {
                offered = true;
                listener.onConnectionRequest(this);
            }
        }

        @Override
        public Optional<String> origin() {
            return Optional.of(message.origin());
        }

        @Override
        public String nickname() {
            return message.nickname();
        }

        @Override
        public PeerConnection accept(String nickname) {
            Lp2pConnectResponse response =
                    Lp2pConnectResponse.accepted(message.requestId(), nextConnectionId, nickname);
            answer();
            SessionConnection connection = newConnection(nextConnectionId, message.nickname(), false);
            nextConnectionId += 2;
            if (ended == null) {
                outbox.accept(response);
            }
            return connection;
        }

        @Override
        public void refuse() {
            answer();
            if (ended == null) {
                outbox.accept(Lp2pConnectResponse.unavailable(message.requestId()));
            }
        }

        private void answer() {
            if (answered) {
                throw new IllegalStateException("The request was answered before");
            }
            answered = true;
            theirs.remove(message.requestId());
        }
    }
}
