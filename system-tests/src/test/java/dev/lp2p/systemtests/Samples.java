package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files to send, and what became of them. */
final class Samples {

    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;

    private Samples() {}

    /** A file of random bytes, the same ones for the same size. */
    static Path file(Path path, long size) {
        Random random = new Random(size);
        byte[] block = new byte[(int) MIB];
        try {
            Files.createDirectories(path.getParent());
            assertThat(Files.getFileStore(path.getParent()).getUsableSpace())
                    .as("free space for the test's files in %s", path.getParent())
                    .isGreaterThan(3 * size);
            try (OutputStream out = Files.newOutputStream(path)) {
                for (long left = size; left > 0; left -= block.length) {
                    random.nextBytes(block);
                    out.write(block, 0, (int) Math.min(left, block.length));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    /** Fails unless both are there with the same bytes. */
    static void assertSame(Path arrived, Path sent) {
        try {
            assertThat(arrived).exists();
            assertThat(Files.mismatch(arrived, sent))
                    .as("first byte that differs")
                    .isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file below a folder with its size, by its path; empty where there is no folder. */
    static SortedMap<String, Long> tree(Path root) {
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (Files.notExists(root)) {
            return sizes;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                sizes.put(root.relativize(path).toString(), Files.size(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sizes;
    }
}
