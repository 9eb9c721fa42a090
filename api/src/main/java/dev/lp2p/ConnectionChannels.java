package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The data channels of one connection, by id, and those that the peer made and the program has not taken yet. */
final class ConnectionChannels {

    /** Channels that a peer made and the program has not taken: each may hold a receive window. */
    static final int MAX_UNANNOUNCED_CHANNELS = 64;

    private static final int ID_STEP = 2;
    private static final int IDS_OF_A_SIDE = LP2PDataChannelInit.MAX_ID / ID_STEP + 1;

    private final ConnectionContext context;
    private final ChannelsWindow window;
    private final int firstId;
    private final ConnectionTraffic traffic;
    private final Runnable onEnded;
    private final Map<Integer, LP2PDataChannelImpl> channels = new ConcurrentHashMap<>();
    private final Queue<LP2PDataChannelImpl> unannounced = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unannouncedCount = new AtomicInteger();
    private final AtomicInteger nextTurn = new AtomicInteger();

    /**
     * @param isRequester whether this side asked for the connection: its ids are even and the acceptor's odd, so that both
     *     may choose at the same time
     * @param onEnded a channel ended; on the loop
     */
    ConnectionChannels(ConnectionContext context, boolean isRequester, ConnectionTraffic traffic, Runnable onEnded) {
        this.context = context;
        this.window = new ChannelsWindow(context.settings().receiveWindow());
        this.firstId = isRequester ? 0 : 1;
        this.traffic = traffic;
        this.onEnded = onEnded;
    }

    /** @throws LP2PException {@code TypeError} if the label is too long; {@code OperationError} if the id is taken or none is
     *     left */
    LP2PDataChannelImpl create(String label, LP2PDataChannelInit init) {
        String name = LP2PDataChannelInit.nameOf("label", label);
        Integer given = init.id();
        LP2PDataChannelImpl channel =
                given == null ? withFreeId(name, init.protocol()) : add(name, init.protocol(), given, false);
        if (channel == null) {
            throw new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    given == null
                            ? "All channel ids are taken; close a channel first"
                            : "The channel id " + given + " is taken; choose another, or let one be chosen");
        }
        return channel;
    }

    /**
     * The peer made a channel; on the loop.
     *
     * @return null if it is cut off: too many wait, or both sides gave this id to a channel of theirs at the same time
     */
    @Nullable LP2PDataChannelImpl incoming(DataChannel wire) {
        if (unannouncedCount.get() >= MAX_UNANNOUNCED_CHANNELS) {
            return null;
        }
        LP2PDataChannelImpl channel = add(wire.label(), wire.protocol(), wire.id(), true);
        if (channel != null) {
            channel.attach(wire);
            unannouncedCount.incrementAndGet();
            unannounced.add(channel);
        }
        return channel;
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** Each in order, after what it was given has left. */
    void closeAll() {
        channels.values().forEach(LP2PDataChannel::close);
    }

    /** The connection ended; on the loop. */
    void endAll(DataChannelListener.Reason reason) {
        channels.values().forEach(channel -> channel.onClosed(reason));
    }

    /** Gives the program the next channel that the peer made; on the queue of events. */
    boolean announceNext(Consumer<LP2PDataChannelEvent> listener) {
        LP2PDataChannelImpl channel = unannounced.poll();
        if (channel == null) {
            return false;
        }
        unannouncedCount.decrementAndGet();
        EventQueue.call(() -> listener.accept(new LP2PDataChannelEvent(channel)));
        channel.announced();
        return true;
    }

    /** Nobody will take the rest; on the queue of events. */
    void releaseUnannounced() {
        for (LP2PDataChannelImpl channel = unannounced.poll(); channel != null; channel = unannounced.poll()) {
            channel.announced();
        }
    }

    private @Nullable LP2PDataChannelImpl withFreeId(String label, String protocol) {
        // The one used last comes last: its stream's end may not be at the peer yet, which would refuse another's
        // begin.
        int begin = nextTurn.get();
        for (int turn = begin; turn < begin + IDS_OF_A_SIDE; turn++) {
            int id = firstId + ID_STEP * (turn % IDS_OF_A_SIDE);
            LP2PDataChannelImpl channel = id <= LP2PDataChannelInit.MAX_ID ? add(label, protocol, id, false) : null;
            if (channel != null) {
                nextTurn.set((turn + 1) % IDS_OF_A_SIDE);
                return channel;
            }
        }
        return null;
    }

    /** @return null if the id is taken */
    private @Nullable LP2PDataChannelImpl add(String label, String protocol, int id, boolean incoming) {
        if (channels.containsKey(id)) {
            return null;
        }
        LP2PDataChannelImpl channel = new LP2PDataChannelImpl(
                label,
                protocol,
                id,
                incoming,
                context::post,
                window,
                context.listeners(),
                context.callbacks(),
                traffic,
                () -> ended(id));
        return channels.putIfAbsent(id, channel) == null ? channel : null;
    }

    private void ended(int id) {
        channels.remove(id);
        onEnded.run();
    }
}
