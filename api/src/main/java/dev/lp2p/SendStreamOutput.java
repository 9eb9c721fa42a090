package dev.lp2p;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A send stream for code that waits: a write returns when there is room for another. */
final class SendStreamOutput extends OutputStream {

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
        await(stream.write(ByteBuffer.wrap(source, offset, length)));
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
