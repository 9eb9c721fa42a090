package dev.lp2p;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/**
 * Bytes to send that nobody holds whole: what a Blob is to a page. It is opened when the messages before it have left,
 * read once on the manager's callback executor, a window ahead of the network, and closed.
 *
 * <p>The media type of a page's Blob does not travel.
 *
 * @see LP2PDataChannel#send(LP2PBlob)
 */
public interface LP2PBlob {

    /** Bytes from {@link #open()} to the end, if that is known; a source that then has more or fewer has failed. */
    default OptionalLong size() {
        return OptionalLong.empty();
    }

    /** The first byte on; reads may block. Called at most once for each time that this is sent. */
    ReadableByteChannel open() throws IOException;

    /** The bytes, which must not change before they have left. */
    static LP2PBlob of(byte[] bytes) {
        return new BlobSource(
                OptionalLong.of(bytes.length), () -> Channels.newChannel(new ByteArrayInputStream(bytes)));
    }

    /**
     * A file as long as it is now.
     *
     * @throws IOException if there is none that can be read
     */
    static LP2PBlob of(Path file) throws IOException {
        return new BlobSource(OptionalLong.of(Files.size(file)), () -> FileChannel.open(file));
    }

    /** A stream of a length that is not known. */
    static LP2PBlob of(Callable<? extends InputStream> source) {
        return new BlobSource(OptionalLong.empty(), () -> Channels.newChannel(source.call()));
    }

    /** A stream of {@code size} bytes. */
    static LP2PBlob of(long size, Callable<? extends InputStream> source) {
        return new BlobSource(OptionalLong.of(size), () -> Channels.newChannel(source.call()));
    }
}
