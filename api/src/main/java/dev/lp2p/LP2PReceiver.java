package dev.lp2p;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets other devices find this one and connect to the program. This device is seen on the network only while a receiver
 * is started to which the user consented, and each connection needs the user's consent or grant.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-receiver">LP2PReceiver</a>
 */
public final class LP2PReceiver implements AutoCloseable {

    private final LocalPeerToPeerManager manager;
    private final Origin origin;
    private final LP2PReceiverOptions options;
    private final ConnectionSource source;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile @Nullable Consumer<LP2PConnectionEvent> listener;
    private volatile @Nullable Consumer<LP2PException> closeListener;

    // Ours: a page has one origin.
    /** @param origin on whose behalf it receives, a site that this program serves or speaks for */
    public LP2PReceiver(LocalPeerToPeerManager manager, Origin origin, LP2PReceiverOptions options) {
        this.manager = manager;
        this.origin = origin;
        this.options = options;
        this.source = new ConnectionSource(manager.connections(origin), this::startIfNew);
    }

    /** Receives for the program itself. */
    public LP2PReceiver(LocalPeerToPeerManager manager, LP2PReceiverOptions options) {
        this(manager, manager.settings().origin(), options);
    }

    /** Receives for the program itself, without a nickname. */
    public LP2PReceiver(LocalPeerToPeerManager manager) {
        this(manager, LP2PReceiverOptions.DEFAULT);
    }

    /** Who hears of connections; to be set before {@link #start()}, or they are refused. */
    public void onConnection(Consumer<LP2PConnectionEvent> newListener) {
        listener = newListener;
    }

    /**
     * Asks the user for consent, then makes this device visible. Ours: cancelling the future, or
     * completing it otherwise, takes the question off the screen and closes the receiver.
     *
     * @return completes once other devices can see this one; fails with an {@link LP2PException}: {@code NotAllowedError}
     *     if the user declined, which the future of a web site never tells, {@code InvalidStateError} if the receiver was started before, {@code AbortError} if it was
     *     closed meanwhile, {@code NetworkError} if the network takes no announcement
     */
    public CompletableFuture<Void> start() {
        if (!state.compareAndSet(State.NEW, State.STARTED)) {
            return CompletableFuture.failedFuture(new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR, "A receiver starts once; make a new one"));
        }
        manager.advertising().start(this);
        return started;
    }

    // Ours: the draft has no way to stop one.
    /** Lets no more devices connect; connections that are open stay. */
    @Override
    public void close() {
        state.set(State.CLOSED);
        manager.advertising().stop(this);
    }

    // Ours: the draft does not say what becomes of a receiver.
    /** Other devices can no longer connect, and why; not after {@link #close()}, nor where {@link #start()} failed. */
    public void onClose(Consumer<LP2PException> newListener) {
        closeListener = newListener;
    }

    /** It is no longer seen, and not because the program wants that; on the loop. */
    void ended(LP2PException why) {
        started.thenRunAsync(
                () -> {
                    Consumer<LP2PException> current = closeListener;
                    if (state.compareAndSet(State.STARTED, State.CLOSED) && current != null) {
                        EventQueue.call(() -> current.accept(why));
                    }
                },
                manager.callbacks());
    }

    /** What {@link #start()} gave, or is to give. */
    CompletableFuture<Void> started() {
        return started;
    }

    Origin origin() {
        return origin;
    }

    Optional<String> nickname() {
        return ConsentRules.nickname(Optional.ofNullable(options.nickname()));
    }

    boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /** On the callback executor. */
    void deliver(LP2PConnectionImpl connection) {
        Consumer<LP2PConnectionEvent> current = listener;
        if (isClosed() || (current == null && !source.isTaken())) {
            connection.close();
            return;
        }
        source.give(connection);
        if (current != null) {
            EventQueue.call(() -> current.accept(new LP2PConnectionEvent(connection)));
        }
    }

    ConnectionSource source() {
        return source;
    }

    private CompletableFuture<?> startIfNew() {
        // A copy, since who gives up a transport does not close the receiver of its listener.
        return state.get() == State.NEW ? start().copy() : CompletableFuture.completedFuture(null);
    }

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }
}
