package dev.lp2p;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A request or a receiver, as a transport or its listener uses it that was made from one. */
sealed interface ConnectionSource permits LP2PRequest, LP2PReceiver {

    /** Starts it, unless that was done before; fails as its {@code start()} does. */
    CompletableFuture<?> startIfNew();

    /**
     * Has each connection that comes from now on given to {@code taker} too, before the program gets it; on the callback
     * executor. A receiver without a listener keeps a connection that somebody takes.
     */
    void addTaker(Consumer<LP2PConnectionImpl> taker);

    void removeTaker(Consumer<LP2PConnectionImpl> taker);
}
