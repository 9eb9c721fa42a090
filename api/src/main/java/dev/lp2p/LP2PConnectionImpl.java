package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.PeerConnectionListener;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.transport.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection on a session. */
final class LP2PConnectionImpl implements LP2PConnection, PeerConnectionListener {

    /** How long a connection that is closed here waits for its channels to end in order. */
    static final Duration CLOSING_TIME = Duration.ofSeconds(5);

    /**
     * Channels that a peer made and the program, or the user who is still being asked, has not taken: each may hold a
     * receive window.
     */
    static final int MAX_UNANNOUNCED_CHANNELS = 64;

    private static final int ID_STEP = 2;

    private final PeerConnection connection;
    private final Peer peer;
    private final ScheduledExecutorService loop;
    private final ChannelsWindow receiveWindow;
    private final Executor callbacks;
    private final Runnable onEnded;
    private final EventQueue events;
    private final Map<Integer, LP2PDataChannelImpl> channels = new ConcurrentHashMap<>();
    private final Queue<LP2PDataChannelImpl> unannounced = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unannouncedChannels = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();

    private volatile @Nullable CloseReason end;
    private volatile @Nullable Consumer<LP2PDataChannelEvent> channelListener;
    private volatile @Nullable Consumer<CloseReason> closeListener;
    private boolean closeWasFired;

    /**
     * Takes over the connection; on the loop.
     *
     * @param onEnded called on the loop, once
     */
    LP2PConnectionImpl(
            PeerConnection connection,
            Peer peer,
            ScheduledExecutorService loop,
            LP2PSettings settings,
            Executor callbacks,
            Runnable onEnded) {
        this.connection = connection;
        this.peer = peer;
        this.loop = loop;
        this.receiveWindow = new ChannelsWindow(settings.receiveWindow());
        this.callbacks = callbacks;
        this.onEnded = onEnded;
        this.events = new EventQueue(callbacks, this::deliver);
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public LP2PDataChannel createDataChannel(String label, LP2PDataChannelInit init) {
        if (closing.get() || end != null) {
            throw new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR, "The connection is closed; ask for a new one");
        }
        String name = LP2PDataChannelInit.nameOf("label", label);
        Integer given = init.id();
        LP2PDataChannelImpl channel =
                given == null ? withFreeId(name, init.protocol()) : newChannel(name, init.protocol(), given, false);
        if (channel == null) {
            throw new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    given == null
                            ? "All channel ids are taken; close a channel first"
                            : "The channel id " + given + " is taken; choose another, or let one be chosen");
        }
        loop.execute(() -> open(channel));
        return channel;
    }

    @Override
    public void onDataChannel(Consumer<LP2PDataChannelEvent> listener) {
        channelListener = listener;
        events.wake();
    }

    @Override
    public void onClose(Consumer<CloseReason> listener) {
        closeListener = listener;
        events.wake();
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            loop.execute(this::closeOnLoop);
        }
    }

    /** Ends the connection without waiting for its channels, so that the peer learns nothing but the end; on the loop. */
    void closeNow(SessionCloseReason reason) {
        closing.set(true);
        if (end == null) {
            connection.close();
            onClosed(reason);
        }
    }

    @Override
    public DataChannelListener onDataChannel(DataChannel wire) {
        boolean isFull = unannouncedChannels.get() >= MAX_UNANNOUNCED_CHANNELS;
        LP2PDataChannelImpl channel = isFull ? null : newChannel(wire.label(), wire.protocol(), wire.id(), true);
        if (channel == null) {
            // Too many, or both sides gave this id to a channel of theirs at the same time.
            loop.execute(wire::abort);
            return new IgnoredChannel();
        }
        channel.attach(wire);
        if (closing.get()) {
            channel.close();
        }
        unannouncedChannels.incrementAndGet();
        unannounced.add(channel);
        events.wake();
        return channel;
    }

    @Override
    public void onTransport(Connection transport) {
        transport.close(0, "");
    }

    @Override
    public void onClosed(SessionCloseReason reason) {
        if (end != null) {
            return;
        }
        end = closeReason(reason);
        DataChannelListener.Reason channelReason = reason == SessionCloseReason.NETWORK_LOST
                ? DataChannelListener.Reason.NETWORK_LOST
                : DataChannelListener.Reason.ABORTED;
        channels.values().forEach(channel -> channel.onClosed(channelReason));
        onEnded.run();
        events.wake();
    }

    private void open(LP2PDataChannelImpl channel) {
        if (end != null) {
            channel.onClosed(DataChannelListener.Reason.ABORTED);
            return;
        }
        channel.attach(connection.openDataChannel(channel.id(), channel.label(), channel.protocol(), channel));
    }

    private void closeOnLoop() {
        channels.values().forEach(LP2PDataChannel::close);
        closeIfEmpty();
        loop.schedule(() -> closeNow(SessionCloseReason.CLOSED_HERE), CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void closeIfEmpty() {
        if (closing.get() && channels.isEmpty()) {
            closeNow(SessionCloseReason.CLOSED_HERE);
        }
    }

    private @Nullable LP2PDataChannelImpl withFreeId(String label, String protocol) {
        // The requester's are even and the acceptor's odd, so that both may choose at the same time.
        for (int id = connection.isRequester() ? 0 : 1; id <= LP2PDataChannelInit.MAX_ID; id += ID_STEP) {
            LP2PDataChannelImpl channel = newChannel(label, protocol, id, false);
            if (channel != null) {
                return channel;
            }
        }
        return null;
    }

    /** @return null if the id is taken */
    private @Nullable LP2PDataChannelImpl newChannel(String label, String protocol, int id, boolean incoming) {
        if (channels.containsKey(id)) {
            return null;
        }
        LP2PDataChannelImpl channel = new LP2PDataChannelImpl(
                label, protocol, id, incoming, loop, receiveWindow, callbacks, () -> channelEnded(id));
        return channels.putIfAbsent(id, channel) == null ? channel : null;
    }

    private void channelEnded(int id) {
        channels.remove(id);
        closeIfEmpty();
    }

    private void deliver() {
        CloseReason ended = end;
        Consumer<LP2PDataChannelEvent> listener = channelListener;
        while (listener != null && !unannounced.isEmpty()) {
            LP2PDataChannelImpl channel = unannounced.remove();
            unannouncedChannels.decrementAndGet();
            Consumer<LP2PDataChannelEvent> current = listener;
            EventQueue.call(() -> current.accept(new LP2PDataChannelEvent(channel)));
            channel.announced();
            listener = channelListener;
        }
        if (ended == null) {
            return;
        }
        for (LP2PDataChannelImpl channel = unannounced.poll(); channel != null; channel = unannounced.poll()) {
            channel.announced();
        }
        Consumer<CloseReason> last = closeListener;
        if (last != null && !closeWasFired) {
            closeWasFired = true;
            EventQueue.call(() -> last.accept(ended));
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
