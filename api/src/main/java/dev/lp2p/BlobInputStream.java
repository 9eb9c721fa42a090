package dev.lp2p;

import dev.lp2p.IncomingBlob.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads a Blob with a thread that waits; may be closed from another. */
final class BlobInputStream extends InputStream {

    private static final int END = -1;

    private final IncomingBlob blob;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;

    // The lock's.
    private Part.@Nullable Chunk current;
    private boolean ended;
    private @Nullable LP2PException failure;

    BlobInputStream(IncomingBlob blob) {
        this.blob = blob;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        reading.lock();
        try {
            Part.Chunk chunk = chunk();
            if (chunk == null) {
                return END;
            }
            int bytes = Math.min(length, chunk.bytes().readableBytes());
            chunk.bytes().readBytes(into, offset, bytes);
            if (!chunk.bytes().isReadable()) {
                releaseCurrent();
            }
            return bytes;
        } finally {
            reading.unlock();
            cleanUpIfClosed();
        }
    }

    @Override
    public void close() {
        closed = true;
        // A read that waits for the next part gets this one.
        blob.addFailure(closedHere());
        cleanUpIfClosed();
    }

    /** What has come and was not read; null at the end. */
    private Part.@Nullable Chunk chunk() throws IOException {
        if (closed) {
            throw new IOException("The stream of the Blob is closed");
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (current == null && !ended) {
            take();
        }
        return current;
    }

    private void take() throws IOException {
        Part next;
        try {
            next = blob.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the rest of a Blob");
        }
        if (next instanceof Part.Chunk chunk) {
            current = chunk;
            return;
        }
        ended = true;
        blob.over();
        if (next instanceof Part.Failure failed) {
            failure = failed.reason();
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** By whoever comes last of the reader and the closer. */
    private void cleanUpIfClosed() {
        if (closed && reading.tryLock()) {
            try {
                releaseCurrent();
                blob.over();
            } finally {
                reading.unlock();
            }
        }
    }

    private void releaseCurrent() {
        if (current != null) {
            blob.taken(current);
            current = null;
        }
    }

    private static LP2PException closedHere() {
        return new LP2PException(LP2PException.Name.ABORT_ERROR, "The stream of the Blob was closed by this program");
    }
}
