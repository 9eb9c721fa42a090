package dev.lp2p.drop;

import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of an accepted offer, one after another; each gets exactly one result, of which the listener hears before the
 * peer: what the peer says next finds it told.
 */
final class IncomingFiles {

    private static final System.Logger LOG = System.getLogger(IncomingFiles.class.getName());

    private final DropMessage.Offer offer;
    private final TargetFolder target;
    private final DropReceiverListener listener;
    private final Consumer<DropMessage> answers;
    private final FileChecksum checksum = new FileChecksum();

    private @Nullable Current current;
    private boolean finished;
    private int announced;
    private int received;
    private int refused;
    private long receivedBytes;
    private long acceptedSizes;
    private long doneBytes;
    private long reportedBytes;

    /** The file that is arriving; its path is null from the moment it is refused. */
    private static final class Current {
        final DropMessage.FileHeader header;
        final ChunkCursor cursor;

        @Nullable SafePath path;

        Current(DropMessage.FileHeader header) {
            this.header = header;
            this.cursor = new ChunkCursor(header.size());
        }
    }

    IncomingFiles(
            DropMessage.Offer offer,
            TargetFolder target,
            DropReceiverListener listener,
            Consumer<DropMessage> answers) {
        this.offer = offer;
        this.target = target;
        this.listener = listener;
        this.answers = answers;
    }

    void begin(DropMessage.FileHeader header) throws ProtocolException {
        if (current != null) {
            throw new ProtocolException("A file inside another");
        }
        if (announced == DropProtocol.MAX_FILES) {
            throw new ProtocolException("More files than any transfer has");
        }
        Current file = new Current(header);
        current = file;
        announced++;
        try {
            // The user agreed to this much and no more.
            if (announced > offer.files() || header.size() > offer.bytes() - acceptedSizes) {
                throw new RefusedException(DropReason.BEYOND_OFFER);
            }
            SafePath path = SafePath.parse(header.path());
            acceptedSizes += header.size();
            target.begin();
            file.path = path;
        } catch (RefusedException e) {
            refuse(file, e);
        }
    }

    void bytes(ByteBuffer data) throws ProtocolException {
        Current file = current();
        file.cursor.bytes(data.remaining());
        if (file.path == null) {
            return;
        }
        checksum.update(data.duplicate());
        try {
            target.write(data);
        } catch (RefusedException e) {
            refuse(file, e);
        }
    }

    void endChunk(Sha256 sent) throws ProtocolException {
        Current file = current();
        file.cursor.digest();
        if (file.path != null && !checksum.endChunk().equals(sent)) {
            refuse(file, new RefusedException(DropReason.CORRUPT));
        }
        reportProgress(doneBytes + file.cursor.position(), file);
    }

    void endFile(Sha256 sent) throws ProtocolException {
        Current file = current();
        file.cursor.checksum();
        if (file.path != null) {
            keep(file, file.path, sent);
        }
        leave(file);
    }

    /** The sender broke the file off, by itself or because it was told that the file is refused. */
    void abort() throws ProtocolException {
        Current file = current();
        if (file.path != null) {
            refuse(file, new RefusedException(DropReason.ABORTED));
        }
        leave(file);
    }

    DropMessage.Done end(int announcedBySender) throws ProtocolException {
        if (current != null || announcedBySender != announced) {
            throw new ProtocolException("An end inside a file, or after another number of files");
        }
        return new DropMessage.Done(received, refused, receivedBytes);
    }

    boolean isComplete() {
        return received == offer.files();
    }

    /** The totals; nothing is reported after them. */
    DropResult finish(DropResult.Outcome outcome, @Nullable DropReason reason) {
        finished = true;
        return new DropResult(outcome, received, refused, receivedBytes, reason);
    }

    private Current current() throws ProtocolException {
        if (current == null) {
            throw new ProtocolException("A part of a file outside any file");
        }
        return current;
    }

    private void keep(Current file, SafePath path, Sha256 sent) {
        Sha256 computed = checksum.endFile();
        try {
            if (!computed.equals(sent)) {
                throw new RefusedException(DropReason.CORRUPT);
            }
            String savedAs = target.commit(path, FileTime.fromMillis(file.header.modifiedMillis()));
            received++;
            receivedBytes += file.header.size();
            listener.onFileReceived(
                    new DropFile(Printable.of(file.header.path()), file.header.size(), computed, savedAs));
            answers.accept(new DropMessage.Received(announced - 1, file.header.size(), computed, savedAs));
        } catch (RefusedException e) {
            refuse(file, e);
        }
    }

    private void refuse(Current file, RefusedException refusal) {
        LOG.log(System.Logger.Level.DEBUG, "A file was refused", refusal);
        file.path = null;
        target.discard();
        checksum.reset();
        refused++;
        listener.onFileRefused(Printable.of(file.header.path()), refusal.reason());
        answers.accept(new DropMessage.Refused(announced - 1, refusal.reason()));
    }

    private void leave(Current file) {
        current = null;
        doneBytes = Math.min(offer.bytes(), doneBytes + file.header.size());
        if (doneBytes >= offer.bytes() && announced >= offer.files()) {
            reportedBytes = Long.MIN_VALUE / 2;
        }
        reportProgress(doneBytes, file);
    }

    private void reportProgress(long bytes, Current file) {
        if (!finished && bytes - reportedBytes >= DropProtocol.CHUNK_BYTES) {
            reportedBytes = bytes;
            listener.onProgress(Math.min(bytes, offer.bytes()), offer.bytes(), Printable.of(file.header.path()));
        }
    }
}
