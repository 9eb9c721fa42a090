package dev.lp2p.agent.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A file worth sending where a person named none. */
final class SampleFile {

    static final long BYTES = 64L << 20;
    private static final String NAME = "sample.bin";
    private static final int BLOCK = 1 << 20;

    private SampleFile() {}

    /** Random bytes, so that nothing on the way can make them fewer; they are no secret. */
    static Path create(Path folder) {
        Path file = folder.resolve(NAME);
        SplittableRandom random = new SplittableRandom();
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < BYTES; written += BLOCK) {
                random.nextBytes(block);
                out.write(block);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "Cannot write a file of 64 MiB to " + folder + " (" + e + "). Make room there.",
                    e);
        }
        return file;
    }
}
