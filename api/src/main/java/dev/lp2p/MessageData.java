package dev.lp2p;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * What a message on an {@link LP2PDataChannel} holds, as the sender gave it. The {@code binaryType} of a page, which turns
 * one kind of bytes into the other, has nothing to choose here.
 */
public sealed interface MessageData {

    /** A message that was sent as text. */
    record Text(String value) implements MessageData {}

    /** A message that was sent as bytes, between position and limit; the listener may keep it. */
    record Binary(ByteBuffer value) implements MessageData {}

    /**
     * A message that comes bit by bit and may be larger than memory. Its bytes are read once, in one of three ways, which
     * has to begin before the listener that got it returns: a Blob that a listener leaves alone is discarded. The next
     * message is delivered when this one was read to its end, or closed; until then the sender waits beyond a window.
     *
     * <p>A Blob that was cut, because the channel was or its source failed, ends in an error and never looks whole.
     *
     * <p>The second of the three ways to be called, or one that comes too late, throws an {@link LP2PException}
     * {@code InvalidStateError}.
     */
    sealed interface Blob extends MessageData, Flow.Publisher<ByteBuffer> permits IncomingBlob {

        /** The largest buffer that a subscriber gets. */
        int MAX_CHUNK_BYTES = 64 * 1024;

        /** In bytes, where the sender said it; a sender of this library does not. */
        OptionalLong size();

        /**
         * Reads it with a thread that waits: a read throws {@link IOException} where the Blob was cut. Closing the stream
         * early discards the rest; one that is neither read to its end nor closed stops the channel.
         */
        InputStream stream();

        /**
         * Writes all of it to a new file, and waits until it is there.
         *
         * @return how many bytes the file has
         * @throws FileAlreadyExistsException if there is one
         * @throws IOException if the Blob was cut or the file could not be written; then there is no file
         */
        long writeTo(Path file) throws IOException;

        /**
         * Reads it without a thread: the subscriber is called on the manager's callback executor, one call at a time and
         * in turn with the channel's listeners, and gets as many buffers of at most {@link #MAX_CHUNK_BYTES} as it
         * requested. It may keep them. Cancelling discards the rest; where the Blob was cut, {@code onError} gets an
         * {@link LP2PException}.
         */
        @Override
        void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber);
    }
}
