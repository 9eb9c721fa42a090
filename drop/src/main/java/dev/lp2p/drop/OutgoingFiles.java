package dev.lp2p.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends one file after another without waiting for results, which it takes as they come. */
final class OutgoingFiles implements FileTree.Visitor {

    private final DropMessage.Offer offer;
    private final OutgoingChannel channel;
    private final DropSenderListener listener;
    private final FileChecksum checksum = new FileChecksum();
    private final ByteBuffer buffer = ByteBuffer.allocate(DropProtocol.MESSAGE_BYTES);
    private final Map<Integer, Sent> outstanding = new LinkedHashMap<>();

    private boolean accepted;
    private boolean ended;
    private DropMessage.@Nullable Done done;
    private int announced;
    private int confirmed;
    private int refused;
    private int failed;
    private long confirmedBytes;
    private long announcedBytes;
    private long doneBytes;
    private long reportedBytes;

    /** A file that was announced and has no result yet. */
    private static final class Sent {
        final String path;
        final long size;

        /** Null until its last byte was sent. */
        @Nullable Sha256 sha256;

        boolean refused;
        boolean aborted;

        Sent(String path, long size) {
            this.path = path;
            this.size = size;
        }
    }

    OutgoingFiles(DropMessage.Offer offer, OutgoingChannel channel, DropSenderListener listener) {
        this.offer = offer;
        this.channel = channel;
        this.listener = listener;
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isComplete() {
        return confirmed == offer.files() && failed == 0;
    }

    DropResult result(DropResult.Outcome outcome, @Nullable DropReason reason) {
        return new DropResult(outcome, confirmed, failed, confirmedBytes, reason);
    }

    /** Takes what the receiver says until the condition holds. */
    void until(BooleanSupplier condition) throws EndedException {
        try {
            while (true) {
                long seen = channel.changes();
                for (DropMessage message = channel.poll(); message != null; message = channel.poll()) {
                    onMessage(message);
                }
                if (condition.getAsBoolean()) {
                    return;
                }
                channel.awaitChange(seen);
            }
        } catch (ProtocolException e) {
            EndedException ended = new EndedException(DropResult.Outcome.INCOMPLETE, e.reason());
            ended.initCause(e);
            throw ended;
        }
    }

    @Override
    public void file(Path file, String path, BasicFileAttributes attributes) throws EndedException {
        until(() -> outstanding.size() < DropProtocol.MAX_OUTSTANDING_RESULTS && channel.hasRoom());
        if (announced == offer.files() || attributes.size() > offer.bytes() - announcedBytes) {
            failed(path, DropReason.BEYOND_OFFER);
            return;
        }
        try (SeekableByteChannel bytes =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            send(file, path, attributes, bytes);
        } catch (IOException e) {
            // Of opening: what fails later breaks the file off.
            failed(path, DropReason.UNREADABLE);
        }
        doneBytes += attributes.size();
        reportProgress(doneBytes, path, announced == offer.files());
    }

    @Override
    public void failed(String path, DropReason reason) {
        failed++;
        listener.onFileFailed(path, reason);
    }

    @Override
    public void skipped(String path, DropReason reason) {
        listener.onFileSkipped(path, reason);
    }

    /** Says that nothing follows, and waits for the remaining results. */
    void end() throws EndedException {
        ended = true;
        channel.send(new DropMessage.End(announced));
        until(() -> done != null);
    }

    void failUnconfirmed() {
        outstanding.values().stream()
                .filter(sent -> !sent.aborted)
                .forEach(sent -> failed(sent.path, DropReason.UNCONFIRMED));
        outstanding.clear();
    }

    private void send(Path file, String path, BasicFileAttributes attributes, SeekableByteChannel bytes)
            throws EndedException {
        Sent sent = announce(path, attributes);
        DropReason obstacle = sendBytes(bytes, sent);
        if (obstacle == null && hasChanged(file, attributes)) {
            obstacle = DropReason.CHANGED;
        }
        if (sent.refused) {
            abort(sent, DropReason.ABORTED);
        } else if (obstacle != null) {
            abort(sent, obstacle);
            failed(path, obstacle);
        } else {
            sent.sha256 = checksum.endFile();
            channel.send(new DropMessage.Checksum(sent.sha256));
        }
    }

    private Sent announce(String path, BasicFileAttributes attributes) {
        Sent sent = new Sent(path, attributes.size());
        outstanding.put(announced++, sent);
        announcedBytes += sent.size;
        channel.send(new DropMessage.FileHeader(
                path, sent.size, attributes.lastModifiedTime().toMillis()));
        return sent;
    }

    /** Sends the bytes and the digest of each chunk; or says why not, before the end of the file. */
    private @Nullable DropReason sendBytes(SeekableByteChannel bytes, Sent sent) throws EndedException {
        long left = sent.size;
        while (left > 0) {
            int leftInChunk = (int) Math.min(left, DropProtocol.CHUNK_BYTES);
            left -= leftInChunk;
            while (leftInChunk > 0) {
                DropReason obstacle = read(bytes, Math.min(leftInChunk, buffer.capacity()));
                if (obstacle != null) {
                    return obstacle;
                }
                leftInChunk -= buffer.remaining();
                checksum.update(buffer.array(), 0, buffer.remaining());
                until(channel::hasRoom);
                channel.send(buffer);
            }
            channel.send(new DropMessage.Chunk(checksum.endChunk()));
            reportProgress(doneBytes + sent.size - left, sent.path, false);
            if (sent.refused) {
                return DropReason.ABORTED;
            }
        }
        return null;
    }

    private @Nullable DropReason read(SeekableByteChannel bytes, int count) {
        buffer.clear().limit(count);
        try {
            while (buffer.hasRemaining()) {
                if (bytes.read(buffer) < 0) {
                    return DropReason.CHANGED;
                }
            }
        } catch (IOException e) {
            return DropReason.UNREADABLE;
        }
        buffer.flip();
        return null;
    }

    private static boolean hasChanged(Path file, BasicFileAttributes announced) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.size() != announced.size() || !now.lastModifiedTime().equals(announced.lastModifiedTime());
        } catch (IOException e) {
            return true;
        }
    }

    private void abort(Sent sent, DropReason reason) {
        sent.aborted = true;
        checksum.reset();
        channel.send(new DropMessage.Abort(reason));
    }

    private void onMessage(DropMessage message) throws ProtocolException, EndedException {
        if (message instanceof DropMessage.Accept && !accepted) {
            accepted = true;
        } else if (message instanceof DropMessage.Decline decline && !accepted) {
            throw new EndedException(DropResult.Outcome.DECLINED, decline.reason());
        } else if (message instanceof DropMessage.Cancel cancel) {
            throw new EndedException(DropResult.Outcome.INCOMPLETE, cancel.reason());
        } else if (message instanceof DropMessage.Received received) {
            onReceived(received);
        } else if (message instanceof DropMessage.Refused refusal) {
            onRefused(refusal);
        } else if (message instanceof DropMessage.Done end) {
            onDone(end);
        } else {
            throw new ProtocolException("A message out of place: " + message);
        }
    }

    private void onReceived(DropMessage.Received received) throws ProtocolException {
        Sent sent = outstanding.get(received.file());
        if (sent == null || sent.sha256 == null) {
            throw new ProtocolException("A result of a file that was not sent");
        }
        if (received.bytes() != sent.size || !received.sha256().equals(sent.sha256)) {
            throw new ProtocolException("Another checksum than that of the file that was sent");
        }
        outstanding.remove(received.file());
        confirmed++;
        confirmedBytes += sent.size;
        listener.onFileSent(new DropFile(sent.path, sent.size, sent.sha256, received.savedAs()));
    }

    private void onRefused(DropMessage.Refused refusal) throws ProtocolException {
        Sent sent = outstanding.remove(refusal.file());
        if (sent == null) {
            throw new ProtocolException("A result of a file that was not announced");
        }
        refused++;
        sent.refused = true;
        if (!sent.aborted) {
            failed(sent.path, refusal.reason());
        }
    }

    private void onDone(DropMessage.Done end) throws ProtocolException {
        if (!ended
                || end.received() != confirmed
                || end.refused() != refused
                || end.bytes() != confirmedBytes
                || !outstanding.isEmpty()) {
            throw new ProtocolException("Totals that differ from the results");
        }
        done = end;
    }

    private void reportProgress(long bytes, String path, boolean last) {
        if (last || bytes - reportedBytes >= DropProtocol.CHUNK_BYTES) {
            reportedBytes = bytes;
            listener.onProgress(Math.min(bytes, offer.bytes()), offer.bytes(), path);
        }
    }
}
