package dev.lp2p;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A Blob on its way out, in chunks as the transport sends them. Every method belongs to the loop. */
sealed interface BlobChunks extends OutgoingFrames.Outgoing permits OutgoingBlob, WrittenBlob {

    /** Its turn has come: what was sent before has been handed over. */
    void start();

    /** The next chunk to send, or null where there is none yet. */
    @Nullable ByteBuf next();

    /** Whether it has ended, and all of it was sent. */
    boolean isWhole();

    /** Why it will never be whole. */
    @Nullable Throwable failure();

    /** The transport took so much. */
    void taken(long bytes);

    /** Nothing more is sent. */
    void cancel();
}
