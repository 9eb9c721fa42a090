package dev.lp2p;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Goes over a stream, and waits for what has not come. */
final class ReadableStreamIterator<T> implements Iterator<T> {

    private final ReadableStream<T> stream;
    private Optional<T> next = Optional.empty();
    private boolean isEnded;

    ReadableStreamIterator(ReadableStream<T> stream) {
        this.stream = stream;
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !isEnded) {
            next = Waiting.get(stream.read());
            isEnded = next.isEmpty();
        }
        return !isEnded;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T element = next.orElseThrow();
        next = Optional.empty();
        return element;
    }
}
