package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.PeerConnectionListener;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.transport.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection between the loop, which calls the {@link PeerConnectionListener}, and the program. */
final class LP2PConnectionImpl implements LP2PConnection, PeerConnectionListener {

    /** How long a connection that is closed here waits for its channels to end in order. */
    static final Duration CLOSING_TIME = Duration.ofSeconds(5);

    private final PeerConnection wire;
    private final Peer peer;
    private final ConnectionTerms terms;
    private final ConnectionContext context;
    private final Owner owner;
    private final EventQueue events;
    private final ConnectionChannels channels;
    private final ConnectionTransports transports;
    private final IdleWatch idle;
    private final Instant since;
    private final ConnectionTraffic traffic = new ConnectionTraffic(this::touch);
    private final AtomicBoolean closing = new AtomicBoolean();

    private volatile @Nullable CloseReason end;
    private volatile @Nullable LP2PConnection next;
    private volatile @Nullable Consumer<LP2PDataChannelEvent> channelListener;
    private volatile @Nullable Consumer<CloseReason> closeListener;
    private volatile @Nullable Consumer<LP2PConnectionEvent> reconnectListener;

    // The loop's.
    private boolean isShown;
    private Instant reconnectUntil = Instant.EPOCH;

    // The queue's.
    private boolean closeWasFired;
    private boolean reconnectWasFired;

    /** Who keeps connections; called on the loop. */
    interface Owner {

        /** Whether the user wants an idle connection to stay. */
        CompletableFuture<Boolean> askToExtend(LP2PConnectionImpl connection);

        /** Once. */
        void onEnded(LP2PConnectionImpl connection, CloseReason reason);

        /** The network was lost, and the program wants another connection in its place. */
        void onReconnectWanted(LP2PConnectionImpl connection);

        /** The program wants none any more. */
        void onReconnectUnwanted(LP2PConnectionImpl connection);
    }

    /** On the loop. */
    LP2PConnectionImpl(PeerConnection wire, Peer peer, ConnectionTerms terms, ConnectionContext context, Owner owner) {
        this.wire = wire;
        this.peer = peer;
        this.terms = terms;
        this.context = context;
        this.owner = owner;
        this.since = context.clock().instant();
        this.events = new EventQueue(context.listeners(), this::deliver);
        this.channels = new ConnectionChannels(context, wire.isRequester(), traffic, this::closeIfEmpty);
        this.transports = new ConnectionTransports(context, wire.isRequester(), traffic);
        this.idle = new IdleWatch(
                context.loop(), context.clock(), context.settings().idleTime(), new IdleWatch.Owner() {
                    @Override
                    public CompletableFuture<Boolean> askToExtend() {
                        return owner.askToExtend(LP2PConnectionImpl.this);
                    }

                    @Override
                    public void onIdle() {
                        closeNow(CloseReason.IDLE);
                    }
                });
    }

    /** From now on there are events; on the loop, once the owner knows of the connection. */
    void begin() {
        idle.start();
        wire.setListener(this);
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public String nickname() {
        return DisplayNames.clean(wire.peerNickname());
    }

    @Override
    public ReadyState readyState() {
        if (end != null) {
            return ReadyState.CLOSED;
        }
        return closing.get() ? ReadyState.CLOSING : ReadyState.OPEN;
    }

    @Override
    public LP2PDataChannel createDataChannel(String label, LP2PDataChannelInit init) {
        requireOpen();
        LP2PDataChannelImpl channel = channels.create(label, init);
        context.post(() -> open(channel));
        return channel;
    }

    @Override
    public void onDataChannel(Consumer<LP2PDataChannelEvent> listener) {
        channelListener = listener;
        events.wake();
    }

    @Override
    public void onTransport(Consumer<LP2PTransportEvent> listener) {
        transports.onTransport(listener);
    }

    @Override
    public void onClose(Consumer<CloseReason> listener) {
        closeListener = listener;
        events.wake();
    }

    @Override
    public void onReconnect(Consumer<LP2PConnectionEvent> listener) {
        reconnectListener = listener;
        events.wake();
        context.post(this::reconnectIfWanted);
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            context.post(this::closeOnLoop);
        }
    }

    /** @throws LP2PException {@code InvalidStateError} if it is closed, or closes */
    void requireOpen() {
        if (readyState() != ReadyState.OPEN) {
            throw new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR, "The connection is closed; ask for a new one");
        }
    }

    /** Payload went either way, so that the connection is not idle; from any thread. */
    void touch() {
        idle.touch();
    }

    /** As it is now; from any thread. */
    OpenConnection described() {
        return new OpenConnection(peer, terms.key().origin(), since, traffic.bytesSent(), traffic.bytesReceived());
    }

    /** The connection on the wire; the loop's. */
    PeerConnection wire() {
        return wire;
    }

    ConnectionTerms terms() {
        return terms;
    }

    ConnectionContext context() {
        return context;
    }

    ConnectionTransports transports() {
        return transports;
    }

    /** Where the device was found, so that transports to it can be dialled; on the loop. */
    void foundAt(DiscoveredAgent target, PeerToPeerAgent agent) {
        transports.setDialler(() -> agent.dialTransport(target, wire));
    }

    /** Ends the connection without waiting for its channels, so that the peer learns nothing but the end; on the loop. */
    void closeNow(CloseReason reason) {
        closing.set(true);
        if (end == null) {
            ended(reason, DataChannelListener.Reason.ABORTED);
            wire.close();
        }
    }

    /** Whether it is open, so that the user is told of it now and of its end then; on the loop. */
    boolean showIfOpen() {
        isShown = end == null;
        return isShown;
    }

    /** On the loop. */
    boolean isShown() {
        return isShown;
    }

    /** Until when another connection may take this one's place; negative unless it was lost with the network; on the loop. */
    Duration reconnectTimeLeft() {
        return end == CloseReason.NETWORK_LOST
                ? Duration.between(context.clock().instant(), reconnectUntil)
                : Duration.ofMillis(-1);
    }

    /** The network is back, and this is the connection that takes this one's place. */
    void reconnected(LP2PConnection connection) {
        next = connection;
        events.wake();
    }

    @Override
    public DataChannelListener onDataChannel(DataChannel made) {
        LP2PDataChannelImpl channel = channels.incoming(made);
        if (channel == null) {
            context.loop().execute(made::abort);
            return new IgnoredChannel();
        }
        if (closing.get()) {
            channel.close();
        }
        events.wake();
        return channel;
    }

    @Override
    public void onTransport(Connection transport) {
        transports.onTransport(transport);
    }

    @Override
    public void onClosed(SessionCloseReason reason) {
        if (end == null) {
            boolean isLost = reason == SessionCloseReason.NETWORK_LOST || reason == SessionCloseReason.REPLACED;
            ended(
                    closeReason(reason),
                    isLost ? DataChannelListener.Reason.NETWORK_LOST : DataChannelListener.Reason.ABORTED);
        }
    }

    private void ended(CloseReason reason, DataChannelListener.Reason channelReason) {
        end = reason;
        if (reason == CloseReason.NETWORK_LOST) {
            reconnectUntil = context.clock().instant().plus(LP2PSettings.RECONNECT_TIME);
        }
        idle.stop();
        channels.endAll(channelReason);
        transports.end(reason);
        owner.onEnded(this, reason);
        events.wake();
        reconnectIfWanted();
    }

    private void reconnectIfWanted() {
        boolean isWanted = !closing.get() && reconnectListener != null;
        // What the user allowed is for this long and for one connection, whenever listeners come.
        if (isWanted && next == null && !reconnectTimeLeft().isNegative()) {
            owner.onReconnectWanted(this);
        }
    }

    private void open(LP2PDataChannelImpl channel) {
        if (end != null) {
            channel.onClosed(DataChannelListener.Reason.ABORTED);
            return;
        }
        channel.attach(wire.openDataChannel(channel.id(), channel.label(), channel.protocol(), channel));
    }

    private void closeOnLoop() {
        if (end != null) {
            owner.onReconnectUnwanted(this);
            return;
        }
        channels.closeAll();
        transports.drain();
        closeIfEmpty();
        context.loop()
                .schedule(() -> closeNow(CloseReason.CLOSED_HERE), CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void closeIfEmpty() {
        if (closing.get() && end == null && channels.isEmpty()) {
            closeNow(CloseReason.CLOSED_HERE);
        }
    }

    private void deliver() {
        CloseReason ended = end;
        Consumer<LP2PDataChannelEvent> listener = channelListener;
        while (listener != null && channels.announceNext(listener)) {
            listener = channelListener;
        }
        if (ended == null) {
            return;
        }
        channels.releaseUnannounced();
        Consumer<CloseReason> last = closeListener;
        if (last != null && !closeWasFired) {
            closeWasFired = true;
            EventQueue.call(() -> last.accept(ended));
        }
        LP2PConnection replacement = next;
        Consumer<LP2PConnectionEvent> reconnected = reconnectListener;
        if (replacement != null && reconnected != null && !reconnectWasFired) {
            reconnectWasFired = true;
            EventQueue.call(() -> reconnected.accept(new LP2PConnectionEvent(replacement)));
        }
    }

    private static CloseReason closeReason(SessionCloseReason reason) {
        return switch (reason) {
            case CLOSED_HERE -> CloseReason.CLOSED_HERE;
            case CLOSED_BY_PEER -> CloseReason.CLOSED_BY_PEER;
            case NETWORK_LOST, REPLACED -> CloseReason.NETWORK_LOST;
            case FORGOTTEN -> CloseReason.REVOKED;
            case PROTOCOL_ERROR -> CloseReason.PROTOCOL_ERROR;
        };
    }
}
