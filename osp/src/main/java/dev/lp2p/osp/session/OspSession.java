package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticationSetup;
import dev.lp2p.osp.authentication.Authenticator;
import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.identity.DisplayText;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoEvent;
import dev.lp2p.osp.message.AgentInfoRequest;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.message.AgentStatusResponse;
import dev.lp2p.osp.message.AuthCapabilities;
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
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a session: greets, authenticates where one of the two sides does not know the other, and then carries
 * data channels. Until the peer is in the peer store nothing but greeting and authentication is heard from it; anything
 * else closes the connection.
 *
 * <p>Each side asks for the other's agent-info. A side that does not know its peer offers its auth-capabilities before
 * it answers, on the same stream, so that whoever gets the answer knows whether it is known there. The client initiates,
 * since it is the side whose user wants something.
 */
public final class OspSession implements Session {

    /** For a connection to become a session, or at least an authentication that a user is asked about. */
    public static final Duration GREETING_TIMEOUT = Duration.ofSeconds(30);

    /** What is repeated of a stranger's name. */
    private static final int MAX_NAME = 63;

    private final Connection connection;
    private final SessionContext context;
    private final SessionLifecycle lifecycle;
    private final Introduction introduction;
    private final Outbox outbox;
    private final KeepAlive keepAlive;
    private final DataChannels channels;
    private final Authenticator authenticator;
    private final Messages messages = new Messages();
    private final EarlyMessages early = new EarlyMessages();

    private @Nullable PeerConnections connections;
    private @Nullable SessionListener listener;
    private @Nullable SessionCloseReason closedBecause;
    private @Nullable ScheduledFuture<?> greetingTimeout;
    private boolean announced;
    private boolean unwrittenInfo;
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
        this.authenticator = new Authenticator(
                new AuthenticationSetup(
                        connection.isClient(),
                        context.ownFingerprint(),
                        connection.peerFingerprint(),
                        introduction::describePeer,
                        context.authCapabilities(),
                        initiationToken,
                        context.prompts(),
                        context.authenticationPolicy(),
                        context.loop(),
                        context.random()),
                new Authentication());
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
        return authenticator.isRunning();
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
        if (announced && !over) {
            outbox.send(new AgentInfoEvent(introduction.own(!isTrusted())));
        }
    }

    @Override
    public void close(SessionCloseReason reason) {
        end(new OspException(Kind.AUTHENTICATION_CANCELLED, "The connection was closed on this device"), reason);
        connection.close(CloseCode.of(reason), "");
    }

    private void greet() {
        connection.setListener(new Transport());
        greetingTimeout =
                context.loop().schedule(this::onGreetingTimeout, GREETING_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        if (!introduction.isKnown()) {
            authenticator.offer();
        }
        outbox.sendInOrder(new AgentInfoRequest(nextRequestId++));
    }

    private void onGreetingTimeout() {
        if (!announced && !authenticator.isRunning()) {
            fail(
                    new OspException(Kind.AUTHENTICATION_CANCELLED, "The device connected and then said nothing"),
                    CloseCode.NOT_NEEDED,
                    "");
        }
    }

    /** Whether the peer may send what only an authenticated one may: asked of the live store, for each stream anew. */
    private boolean isTrusted() {
        return authenticator.isPeerVerified() || introduction.isKnown();
    }

    private void onMessage(Message message) {
        if (over) {
            return;
        }
        // Answers before the session stands go to one stream, however little of it is read: no peer asks without end.
        if ((!announced || !isTrusted()) && !early.mayHearAnother()) {
            fail(tooMuch(), CloseCode.TOO_MANY, "");
        } else if (message instanceof AgentInfoRequest request) {
            answer(new AgentInfoResponse(request.requestId(), introduction.own(!isTrusted())));
        } else if (message instanceof AgentInfoResponse response) {
            onPeerInfo(response.agentInfo());
        } else if (message instanceof AgentInfoEvent event) {
            onPeerInfo(event.agentInfo());
        } else if (message instanceof AgentStatusRequest request) {
            answer(new AgentStatusResponse(request.requestId()));
        } else if (message instanceof ConnectionMessage connectionMessage) {
            onConnectionMessage(connectionMessage);
        } else if (!(message instanceof AgentStatusResponse)) {
            onAuthenticationMessage(message);
        }
    }

    /** Beside the data channels. Streams are in no order, so a friend may be heard before it has introduced itself. */
    private boolean isAcceptable(TypeKey key) {
        return key.allowedBeforeAuthentication()
                || (RequestedConnections.isTheirs(key)
                        && isTrusted()
                        && (connections == null || connections.takesMessages()));
    }

    private void onConnectionMessage(ConnectionMessage message) {
        authenticator.onPeerProceeds();
        if (over) {
            return;
        }
        if (!isTrusted() || (connections != null && !connections.takesMessages())) {
            messages.onRefused(message.typeKey());
        } else if (connections == null) {
            early.waitForAnnouncement(message);
        } else if (message instanceof Lp2pStreamEnd end) {
            connection.onPeerEnd(end.streamId(), end.bytes());
        } else {
            connections.onMessage(message);
        }
    }

    private static OspException tooMuch() {
        return new OspException(Kind.TOO_MANY_ATTEMPTS, "The device sent too much before it was authenticated");
    }

    /** Before the session stands, the order of answers and capabilities has a meaning. */
    private void answer(Message response) {
        if (announced) {
            outbox.send(response);
        } else {
            outbox.sendInOrder(response);
        }
    }

    private void onPeerInfo(AgentInfo info) {
        if (announced) {
            introduction.hear(info);
            unwrittenInfo = true;
        } else if (!introduction.isNameAsAdvertised(info)) {
            fail(
                    new OspException(
                            Kind.WRONG_PEER,
                            "The device calls itself \"" + DisplayText.clean(info.displayName(), MAX_NAME)
                                    + "\", which is not what it advertises"),
                    CloseCode.AUTHENTICATION_FAILED,
                    "");
        } else {
            boolean isFirst = !introduction.isMade();
            introduction.hear(info);
            if (isFirst) {
                begin();
            }
        }
    }

    /** The peer has a name, so that a prompt can be about it, or none is needed. */
    private void begin() {
        early.takeWaitingForInfo().forEach(authenticator::onMessage);
        if (over) {
            return;
        }
        if (introduction.isKnown() && !authenticator.isPeerAsking()) {
            introduction.seen();
            announce();
        } else if (isClient()) {
            authenticator.initiate();
        }
    }

    private void onAuthenticationMessage(Message message) {
        if (introduction.isMade() || message instanceof AuthCapabilities) {
            authenticator.onMessage(message);
            // A peer that forgot us while we know it, and whose capabilities were overtaken by its agent-info.
            if (announced && isClient() && message instanceof AuthCapabilities) {
                authenticator.initiate();
            }
        } else if (!early.waitForInfo(message)) {
            fail(tooMuch(), CloseCode.TOO_MANY, "");
        }
    }

    private void announce() {
        outbox.endGroup();
        if (announced) {
            return;
        }
        announced = true;
        if (greetingTimeout != null) {
            greetingTimeout.cancel(false);
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

    /** Not for each time that a peer says it, which costs the peer nothing. */
    private void writeInfo() {
        if (unwrittenInfo) {
            unwrittenInfo = false;
            introduction.seen();
        }
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
        writeInfo();
        if (greetingTimeout != null) {
            greetingTimeout.cancel(false);
        }
        authenticator.onConnectionClosed(failure);
        if (connections != null) {
            connections.end(reason);
        }
        channels.end(SessionConnection.toChannelReason(reason));
        if (!announced) {
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
            if (!isTrusted()) {
                close(SessionCloseReason.FORGOTTEN);
            } else {
                writeInfo();
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
            if (!isTrusted()) {
                if (!early.mayOpenAnother()) {
                    fail(tooMuch(), CloseCode.TOO_MANY, "");
                    return new StreamListener() {};
                }
                if (stream.isBidirectional()) {
                    breach(CloseCode.NOT_AUTHENTICATED, "a data channel before authentication");
                    return new StreamListener() {};
                }
            }
            if (stream.isBidirectional()) {
                authenticator.onPeerProceeds();
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
            breach(isTrusted() ? CloseCode.PROTOCOL_ERROR : CloseCode.NOT_AUTHENTICATED, typeKey + " out of place");
        }

        @Override
        public void onMalformed(MalformedMessage problem) {
            breach(CloseCode.PROTOCOL_ERROR, problem.typeKey() + " " + problem.reason());
        }
    }

    /** Hears the authentication. */
    private final class Authentication implements Authenticator.Output {

        @Override
        public void send(Message message) {
            outbox.sendInOrder(message);
        }

        @Override
        public void onAuthenticated() {
            introduction.authenticated();
            announce();
            // So far ours had no locales.
            sendAgentInfo();
        }

        @Override
        public void onFailed(OspException failure) {
            fail(failure, CloseCode.of(failure.kind()), "");
        }
    }
}
