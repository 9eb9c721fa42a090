package dev.lp2p;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A send stream for code that waits: a write returns when there is room for another. */
final class SendStreamOutput extends OutputStream {

    /** What is copied of a large array before the next waits. */
    private static final int PART_BYTES = 256 << 10;

    private final WebTransportSendStream stream;

    SendStreamOutput(WebTransportSendStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(int single) throws IOException {
        await(stream.write(ByteBuffer.wrap(new byte[] {(byte) single})));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        for (int done = 0; done < length; done += PART_BYTES) {
            await(stream.write(ByteBuffer.wrap(source, offset + done, Math.min(PART_BYTES, length - done))));
        }
    }

    /** Ends the stream, and returns when all of it is on its way. */
    @Override
    public void close() throws IOException {
        await(stream.close());
    }

    private static void await(CompletableFuture<Void> done) throws IOException {
        try {
            Waiting.get(done);
        } catch (LP2PException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
