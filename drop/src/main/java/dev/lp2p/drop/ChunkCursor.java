package dev.lp2p.drop;

/** Where in a file its bytes have come to, and what the protocol lets follow there. */
final class ChunkCursor {

    private final long size;
    private long position;
    private boolean digestDue;

    ChunkCursor(long size) {
        this.size = size;
    }

    long position() {
        return position;
    }

    /** How many bytes may come before a digest must. */
    int leftInChunk() {
        if (digestDue) {
            return 0;
        }
        long inChunk = position % DropProtocol.CHUNK_BYTES;
        return (int) Math.min(DropProtocol.CHUNK_BYTES - inChunk, size - position);
    }

    void bytes(int count) throws ProtocolException {
        if (count == 0 || count > leftInChunk()) {
            throw new ProtocolException(count + " bytes where " + leftInChunk() + " are left of the chunk");
        }
        position += count;
        digestDue = position == size || position % DropProtocol.CHUNK_BYTES == 0;
    }

    void digest() throws ProtocolException {
        if (!digestDue) {
            throw new ProtocolException("A chunk's digest before its end");
        }
        digestDue = false;
    }

    void checksum() throws ProtocolException {
        if (position != size || digestDue) {
            throw new ProtocolException("A file's checksum before its end");
        }
    }
}
