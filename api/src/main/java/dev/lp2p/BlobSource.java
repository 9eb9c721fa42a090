package dev.lp2p;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** A Blob that is opened by a function. */
record BlobSource(@Override OptionalLong size, Callable<? extends ReadableByteChannel> opener) implements LP2PBlob {

    @Override
    public ReadableByteChannel open() throws IOException {
        try {
            return opener.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The source of a Blob could not be opened", e);
        }
    }
}
