package dev.lp2p.drop;

import java.util.List;

/** What the two ends say to each other in text; what is sent as bytes is the content of the file that was announced last. */
sealed interface DropMessage {

    /** What the receiver's user decides on: totals and a few names, whatever the number of files. */
    record Offer(String transfer, int files, long bytes, List<String> names) implements DropMessage {}

    record Accept() implements DropMessage {}

    record Decline(DropReason reason) implements DropMessage {}

    /** Announces the next file; both ends count them from 0. The size is a promise. */
    record FileHeader(String path, long size, long modifiedMillis) implements DropMessage {}

    /** Ends a chunk. */
    record Chunk(Sha256 sha256) implements DropMessage {}

    /** Ends a file. */
    record Checksum(Sha256 sha256) implements DropMessage {}

    /** Breaks off the file that was announced last. */
    record Abort(DropReason reason) implements DropMessage {}

    /** Nothing follows; says how many files were announced. */
    record End(int files) implements DropMessage {}

    record Received(int file, long bytes, Sha256 sha256, String savedAs) implements DropMessage {}

    record Refused(int file, DropReason reason) implements DropMessage {}

    /** The answer to {@code end}, when every announced file has its result. */
    record Done(int received, int refused, long bytes) implements DropMessage {}

    /** Ends the transfer, from either side. */
    record Cancel(DropReason reason) implements DropMessage {}
}
