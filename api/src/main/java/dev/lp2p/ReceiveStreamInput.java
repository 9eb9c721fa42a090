package dev.lp2p;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A receive stream for code that waits. */
final class ReceiveStreamInput extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebTransportReceiveStream stream;
    private ByteBuffer current = NOTHING;
    private boolean atEnd;

    ReceiveStreamInput(WebTransportReceiveStream stream) {
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(current.get()) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int bytes = Math.min(length, current.remaining());
        current.get(target, offset, bytes);
        return bytes;
    }

    @Override
    public int available() {
        return current.remaining();
    }

    /** Stops the peer, unless everything was read. */
    @Override
    public void close() {
        if (!atEnd) {
            atEnd = true;
            current = NOTHING;
            stream.cancel();
        }
    }

    private boolean fill() throws IOException {
        while (!current.hasRemaining() && !atEnd) {
            try {
                Optional<ByteBuffer> next = Waiting.get(stream.read());
                atEnd = next.isEmpty();
                current = next.orElse(NOTHING);
            } catch (LP2PException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return current.hasRemaining();
    }
}
