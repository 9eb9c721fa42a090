package dev.lp2p.agent.command;

import dev.lp2p.drop.Sha256;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.UntrustedText;
import java.util.List;

/** A file in words, with the checksum by which two people can compare what they have. */
final class FileWords {

    private FileWords() {}

    static List<String> arrived(String path, long bytes, Sha256 sha256) {
        return List.of("  " + UntrustedText.path(path) + ", " + Amounts.bytes(bytes), "    checksum " + sha256.hex());
    }
}
