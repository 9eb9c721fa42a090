package dev.lp2p;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream between whoever adds, which is the loop, and whoever reads, which is any thread. A read that finds something is
 * answered at once; one that has to wait is answered on the callback executor, in order. Nothing is called with the lock
 * held but what only counts.
 *
 * @param <S> what waits
 * @param <R> what a reader is given for it
 */
abstract class ReadQueue<S, R> implements ReadableStream<R> {

    private final Object lock = new Object();
    private final Deque<S> items = new ArrayDeque<>();
    private final Deque<CompletableFuture<Optional<R>>> reads = new ArrayDeque<>();
    private final EventQueue events;

    /** An item is on its way to a read that may turn out to be cancelled; no other may overtake it. */
    private boolean isAnswering;

    private boolean isFinished;

    /** What waits is not to be had any more. */
    private boolean isDropped;

    private @Nullable LP2PException error;

    ReadQueue(Executor callbacks) {
        this.events = new EventQueue(callbacks, this::answer);
    }

    /** What the reader is to get; asked again if the reader turns out to want nothing. */
    abstract R give(S item);

    /** A reader has it. */
    void given(S item) {}

    /** Nobody will have it; called with the lock held where it is stale. */
    void dropped(S item) {}

    /** Whether nobody wants it any more; called with the lock held. */
    boolean isStale(S item) {
        return false;
    }

    /** A read waits for what has not come. */
    void onReadWaits() {}

    @Override
    public CompletableFuture<Optional<R>> read() {
        S item;
        CompletableFuture<Optional<R>> waiting;
        synchronized (lock) {
            item = isAnswering || !reads.isEmpty() ? null : poll();
            if (item == null) {
                if (reads.isEmpty() && !isAnswering && error != null) {
                    return CompletableFuture.failedFuture(error);
                }
                if (reads.isEmpty() && !isAnswering && isFinished) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }
                waiting = new CompletableFuture<>();
                reads.add(waiting);
            } else {
                waiting = new CompletableFuture<>();
            }
        }
        if (item == null) {
            onReadWaits();
        } else {
            waiting.complete(Optional.of(give(item)));
            given(item);
        }
        return waiting;
    }

    @Override
    public void cancel() {
        end(null, true);
    }

    /** @return whether it was taken; otherwise it is dropped */
    boolean add(S item) {
        boolean isTaken;
        synchronized (lock) {
            isTaken = !isFinished && error == null;
            if (isTaken) {
                items.add(item);
            }
        }
        if (isTaken) {
            wakeIfAsked();
        } else {
            dropped(item);
        }
        return isTaken;
    }

    /** What was added can still be read. */
    void finish() {
        end(null, false);
    }

    /** What was added is dropped, unless the end of it was known. */
    void fail(LP2PException failure) {
        end(failure, true);
    }

    boolean isEnded() {
        synchronized (lock) {
            return isFinished || error != null;
        }
    }

    int size() {
        synchronized (lock) {
            return items.size();
        }
    }

    boolean hasWaitingReads() {
        synchronized (lock) {
            return !reads.isEmpty();
        }
    }

    void removeOldest() {
        synchronized (lock) {
            items.poll();
        }
    }

    void replaceAll(UnaryOperator<S> replacement) {
        synchronized (lock) {
            List<S> all = List.copyOf(items);
            items.clear();
            all.forEach(item -> items.add(replacement.apply(item)));
        }
    }

    private void end(@Nullable LP2PException failure, boolean drops) {
        List<S> gone = List.of();
        synchronized (lock) {
            if (failure != null && isFinished) {
                return;
            }
            if (error == null) {
                error = failure;
                isFinished |= failure == null;
            }
            if (drops) {
                isDropped = true;
                gone = List.copyOf(items);
                items.clear();
            }
        }
        gone.forEach(this::dropped);
        wakeIfAsked();
    }

    private void wakeIfAsked() {
        if (hasWaitingReads() && !events.wake()) {
            // The manager is closed, and its threads with it.
            answer();
        }
    }

    private @Nullable S poll() {
        S item = items.poll();
        while (item != null && isStale(item)) {
            dropped(item);
            item = items.poll();
        }
        return item;
    }

    private void answer() {
        while (true) {
            CompletableFuture<Optional<R>> read;
            S item;
            LP2PException failure;
            synchronized (lock) {
                while (!reads.isEmpty() && reads.element().isDone()) {
                    reads.remove();
                }
                item = reads.isEmpty() ? null : poll();
                isAnswering = item != null;
                if (reads.isEmpty() || (item == null && error == null && !isFinished)) {
                    return;
                }
                read = reads.remove();
                failure = error;
            }
            if (item != null) {
                answer(read, item);
            } else if (failure != null) {
                read.completeExceptionally(failure);
            } else {
                read.complete(Optional.empty());
            }
        }
    }

    private void answer(CompletableFuture<Optional<R>> read, S item) {
        if (read.complete(Optional.of(give(item)))) {
            given(item);
            return;
        }
        boolean isTooLate;
        synchronized (lock) {
            isTooLate = isDropped;
            if (!isTooLate) {
                items.addFirst(item);
            }
        }
        if (isTooLate) {
            dropped(item);
        }
    }
}
