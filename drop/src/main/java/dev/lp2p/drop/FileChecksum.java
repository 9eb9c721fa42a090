package dev.lp2p.drop;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The digests of one file after another: of each chunk, and one value for the whole file made of these, so that nobody
 * has to read or hash a byte twice and WebCrypto, which cannot stream, can do it too.
 */
final class FileChecksum {

    private final MessageDigest chunk = Sha256.newDigest();
    private final MessageDigest chunks = Sha256.newDigest();
    private byte @Nullable [] onlyChunk;
    private int chunkCount;

    void update(ByteBuffer data) {
        chunk.update(data);
    }

    void update(byte[] data, int offset, int length) {
        chunk.update(data, offset, length);
    }

    Sha256 endChunk() {
        byte[] digest = chunk.digest();
        chunks.update(digest);
        onlyChunk = ++chunkCount == 1 ? digest : null;
        return Sha256.of(digest);
    }

    /** The whole file's value, after which the next file begins. */
    Sha256 endFile() {
        // Of no chunks it is the digest of nothing, which sha256sum says of an empty file.
        byte[] ofChunks = chunks.digest();
        byte[] value = onlyChunk != null ? onlyChunk : ofChunks;
        reset();
        return Sha256.of(value);
    }

    /** Forgets a file that was broken off. */
    void reset() {
        chunk.reset();
        chunks.reset();
        onlyChunk = null;
        chunkCount = 0;
    }
}
