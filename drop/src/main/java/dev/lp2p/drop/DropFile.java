package dev.lp2p.drop;

/**
 * A file that arrived.
 *
 * @param path the sender's, with / between names
 * @param sha256 the protocol's value for the whole file, which both ends computed alike
 * @param savedAs the path in the receiver's folder, with / between names
 */
public record DropFile(String path, long bytes, Sha256 sha256, String savedAs) {}
