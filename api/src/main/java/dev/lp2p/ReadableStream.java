package dev.lp2p;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What comes one after another, as a stream of the web platform gives it: asked for, so that a reader that does not ask
 * stops whoever sends. Methods may be called from any thread.
 *
 * <p>Asynchronous code calls {@link #read()} again and again; no thread waits meanwhile. Other code goes over the stream
 * in a {@code for} loop, which waits for each element.
 *
 * @see <a href="https://streams.spec.whatwg.org/#rs-class">ReadableStream</a>
 */
public interface ReadableStream<T> extends Iterable<T> {

    /**
     * The next element, or empty at the end. Reads are answered in the order in which they were asked; cancelling one
     * loses no element. A read that has to wait completes on the manager's callback executor, any other at once.
     *
     * @return fails with an {@link LP2PException} if the stream broke: what came before and was not read is lost
     */
    CompletableFuture<Optional<T>> read();

    /** Takes nothing more: what waits is dropped, and reads are at the end. */
    void cancel();

    /**
     * Waits for one element after another.
     *
     * @return throws an {@link LP2PException} where {@link #read()} fails, {@code AbortError} if the thread is interrupted
     */
    @Override
    default Iterator<T> iterator() {
        return new ReadableStreamIterator<>(this);
    }
}
