package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoEvent;
import dev.lp2p.osp.message.AgentInfoRequest;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.message.AgentStatusResponse;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.message.Lp2pCloseEvent;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a session: greets, authenticates where one of the two sides does not know the other, and then carries
 * data channels. Until the peer is in the peer store nothing but greeting and authentication is heard from it; anything
 * else closes the connection.
 */
public final class OspSession implements Session {

    private final Connection connection;
    private final SessionContext context;
    private final SessionLifecycle lifecycle;
    private final Introduction introduction;
    private final Outbox outbox;
    private final KeepAlive keepAlive;
    private final DataChannels channels;
    private final Greeting greeting;
    private final Messages messages = new Messages();
    private final EarlyMessages early = new EarlyMessages();

    private @Nullable PeerConnections connections;
    private @Nullable SessionListener listener;
    private @Nullable SessionCloseReason closedBecause;
    private boolean over;
    private long nextRequestId;

    private OspSession(
            Connection connection,
            SessionContext context,
            @Nullable String initiationToken,
            @Nullable String instanceName,
            SessionLifecycle lifecycle) {
        this.connection = connection;
        this.context = context;
        this.introduction = new Introduction(context, connection.peerFingerprint(), instanceName);
        this.lifecycle = lifecycle;
        this.keepAlive = new KeepAlive(context.loop(), context.clock(), connection, new Liveness());
        this.outbox = new Outbox(connection, context.allocator(), this::onPeerTakesNothing);
        this.channels = new DataChannels(connection, context.allocator(), messages);
        this.greeting = new Greeting(connection, context, initiationToken, introduction, early, new GreetingEvents());
    }

    /**
     * Makes a session of a connection whose handshake is done and whose fingerprint is the one that was dialled.
     *
     * @param initiationToken the server's {@code at}: our own where we were dialled, the discovered one where we dialled;
     *     null where the server does not advertise
     * @param instanceName the discovered instance name without the mark of truncation; null where we were dialled
     */
    public static OspSession start(
            Connection connection,
            SessionContext context,
            @Nullable String initiationToken,
            @Nullable String instanceName,
            SessionLifecycle lifecycle) {
        OspSession session = new OspSession(connection, context, initiationToken, instanceName, lifecycle);
        session.greet();
        return session;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return connection.peerFingerprint();
    }

    @Override
    public AgentInfo peerInfo() {
        return introduction.peerInfo();
    }

    @Override
    public boolean isClient() {
        return connection.isClient();
    }

    /** Whether an authentication is under way, which another connection to the same peer must not cut. */
    public boolean isAuthenticating() {
        return greeting.isAuthenticating();
    }

    @Override
    public void setListener(SessionListener sessionListener) {
        listener = sessionListener;
        if (closedBecause != null) {
            sessionListener.onClosed(closedBecause);
        } else {
            connections().setListener(sessionListener);
        }
    }

    @Override
    public CompletionStage<PeerConnection> requestConnection(String origin, String nickname) {
        return connections().request(origin, nickname);
    }

    /** The peer made a QUIC transport for a connection, which is closed if there is none such. */
    public void onTransport(OptionalLong connectionId, Connection transport) {
        connections().onTransport(connectionId, transport);
    }

    /** Tells the peer that our agent-info changed. */
    public void sendAgentInfo() {
        if (greeting.isDone() && !over) {
            outbox.send(new AgentInfoEvent(introduction.own(!greeting.isTrusted())));
        }
    }

    @Override
    public void close(SessionCloseReason reason) {
        end(new OspException(Kind.AUTHENTICATION_CANCELLED, "The connection was closed on this device"), reason);
        connection.close(CloseCode.of(reason), "");
    }

    private void greet() {
        connection.setListener(new Transport());
        greeting.start();
        outbox.sendInOrder(new AgentInfoRequest(nextRequestId++));
    }

    private void onMessage(Message message) {
        if (over) {
            return;
        }
        // Answers before the session stands go to one stream, however little of it is read: no peer asks without end.
        if ((!greeting.isDone() || !greeting.isTrusted()) && !early.mayHearAnother()) {
            fail(EarlyMessages.tooMuch(), CloseCode.TOO_MANY, "");
        } else if (message instanceof AgentInfoRequest request) {
            answer(new AgentInfoResponse(request.requestId(), introduction.own(!greeting.isTrusted())));
        } else if (message instanceof AgentInfoResponse response) {
            greeting.onPeerInfo(response.agentInfo());
        } else if (message instanceof AgentInfoEvent event) {
            greeting.onPeerInfo(event.agentInfo());
        } else if (message instanceof AgentStatusRequest request) {
            answer(new AgentStatusResponse(request.requestId()));
        } else if (message instanceof ConnectionMessage connectionMessage) {
            onConnectionMessage(connectionMessage);
        } else if (!(message instanceof AgentStatusResponse)) {
            greeting.onAuthenticationMessage(message);
        }
    }

    /** Beside the data channels. Streams are in no order, so a friend may be heard before it has introduced itself. */
    private boolean isAcceptable(TypeKey key) {
        return key.allowedBeforeAuthentication()
                || (RequestedConnections.isTheirs(key)
                        && greeting.isTrusted()
                        && (connections == null || connections.takesMessages()));
    }

    private void onConnectionMessage(ConnectionMessage message) {
        greeting.onPeerProceeds();
        if (over) {
            return;
        }
        if (!greeting.isTrusted() || (connections != null && !connections.takesMessages())) {
            messages.onRefused(message.typeKey());
        } else if (connections == null) {
            early.waitForAnnouncement(message);
        } else if (message instanceof Lp2pStreamEnd end) {
            connection.onPeerEnd(end.streamId(), end.bytes());
        } else {
            connections.onMessage(message);
        }
    }

    /** Before the session stands, the order of answers and capabilities has a meaning. */
    private void answer(Message response) {
        if (greeting.isDone()) {
            outbox.send(response);
        } else {
            outbox.sendInOrder(response);
        }
    }

    private void announce() {
        outbox.endGroup();
        if (connections != null) {
            return;
        }
        keepAlive.start();
        connections = introduction.tellsOrigins()
                ? new RequestedConnections(this, channels, this::sendOfConnections, this::breachByMessage)
                : new ImpliedConnection(this, channels, context.loop()::execute);
        if (connections.takesMessages()) {
            // After this turn, at whose end the greeting's own stream ends: the peer may not know us yet, and waits for
            // no end.
            context.loop().execute(() -> connection.setEndListener(outbox.newSentEnds()));
        }
        lifecycle.onAuthenticated(this);
        early.takeWaitingForAnnouncement().forEach(this::onConnectionMessage);
    }

    /** Many connections may end at once, and there are no more ends of them than connections. */
    private void sendOfConnections(ConnectionMessage message) {
        if (message instanceof Lp2pCloseEvent) {
            outbox.sendUnasked(message);
        } else {
            outbox.send(message);
        }
    }

    private void onPeerTakesNothing() {
        fail(
                new OspException(Kind.PROTOCOL_ERROR, "The device takes no messages"),
                CloseCode.TOO_MANY,
                "messages that you asked for and do not take");
    }

    private void breach(long code, String reason) {
        fail(new OspException(Kind.PROTOCOL_ERROR, "The device broke the protocol: " + reason), code, reason);
    }

    private void breachByMessage(String reason) {
        breach(CloseCode.PROTOCOL_ERROR, reason);
    }

    private void fail(OspException failure, long code, String reason) {
        if (!over) {
            end(failure, SessionCloseReason.PROTOCOL_ERROR);
            connection.close(code, reason);
        }
    }

    private PeerConnections connections() {
        if (connections == null) {
            throw new IllegalStateException("The session is not authenticated yet");
        }
        return connections;
    }

    /** Ends everything that stands on the connection, once, and tells whoever has to know. */
    private void end(OspException failure, SessionCloseReason reason) {
        if (over) {
            return;
        }
        over = true;
        keepAlive.stop();
        introduction.write();
        greeting.end(failure);
        if (connections != null) {
            connections.end(reason);
        }
        channels.end(SessionConnection.toChannelReason(reason));
        if (!greeting.isDone()) {
            lifecycle.onFailed(failure);
        } else {
            closedBecause = reason;
            if (listener != null) {
                listener.onClosed(reason);
            }
        }
    }

    /** Hears whether the peer is there. */
    private final class Liveness implements KeepAlive.Events {

        @Override
        public void ask() {
            outbox.send(new AgentStatusRequest(nextRequestId++));
        }

        @Override
        public void lost() {
            close(SessionCloseReason.NETWORK_LOST);
        }

        @Override
        public void look() {
            // Another process may have forgotten the peer.
            if (!greeting.isTrusted()) {
                close(SessionCloseReason.FORGOTTEN);
            } else {
                introduction.write();
            }
        }
    }

    /** Hears the connection. */
    private final class Transport implements ConnectionListener {

        @Override
        public StreamListener onStream(TransportStream stream) {
            if (over) {
                return new StreamListener() {};
            }
            if (!greeting.isTrusted()) {
                if (!early.mayOpenAnother()) {
                    fail(EarlyMessages.tooMuch(), CloseCode.TOO_MANY, "");
                    return new StreamListener() {};
                }
                if (stream.isBidirectional()) {
                    breach(CloseCode.NOT_AUTHENTICATED, "a data channel before authentication");
                    return new StreamListener() {};
                }
            }
            if (stream.isBidirectional()) {
                greeting.onPeerProceeds();
                return channels.accept(stream);
            }
            return new IncomingMessages(messages, OspSession.this::isAcceptable);
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {
            end(CloseCode.toFailure(reason), CloseCode.toSessionReason(reason));
        }
    }

    /** Hears the messages beside the data channels, whose connections it knows, and of what no stream may carry. */
    private final class Messages implements MessageReader.Handler, DataChannels.Owner {

        @Override
        public @Nullable ConnectionChannels find(OptionalLong connectionId) {
            return connections().find(connectionId);
        }

        @Override
        public boolean isExpected(OptionalLong connectionId) {
            return connections().isExpected(connectionId);
        }

        @Override
        public void onMessage(Message message) {
            OspSession.this.onMessage(message);
        }

        // https://w3c.github.io/openscreenprotocol/network.html#messages
        @Override
        public void onUnknownTypeKey(long typeKey) {
            breach(CloseCode.UNKNOWN_TYPE_KEY, Long.toString(typeKey));
        }

        @Override
        public void onRefused(TypeKey typeKey) {
            breach(
                    greeting.isTrusted() ? CloseCode.PROTOCOL_ERROR : CloseCode.NOT_AUTHENTICATED,
                    typeKey + " out of place");
        }

        @Override
        public void onMalformed(MalformedMessage problem) {
            breach(CloseCode.PROTOCOL_ERROR, problem.typeKey() + " " + problem.reason());
        }
    }

    /** Hears whether the two sides know each other. */
    private final class GreetingEvents implements Greeting.Events {

        @Override
        public void send(Message message) {
            outbox.sendInOrder(message);
        }

        @Override
        public void onDone() {
            announce();
        }

        @Override
        public void onAuthenticated() {
            sendAgentInfo();
        }

        @Override
        public void onFailed(OspException failure, long closeCode) {
            fail(failure, closeCode, "");
        }
    }
}
