package dev.lp2p;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes over a stream, and waits for what has not come. */
final class ReadableStreamIterator<T> implements Iterator<T> {

    private final ReadableStream<T> stream;
    private @Nullable Optional<T> next;

    ReadableStreamIterator(ReadableStream<T> stream) {
        this.stream = stream;
    }

    @Override
    public boolean hasNext() {
        return peek().isPresent();
    }

    @Override
    public T next() {
        Optional<T> element = peek();
        next = null;
        return element.orElseThrow(NoSuchElementException::new);
    }

    private Optional<T> peek() {
        Optional<T> element = next;
        if (element == null) {
            element = Waiting.get(stream.read());
            next = element;
        }
        return element;
    }
}
