package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChecksumTest {

    private static final int CHUNK = DropProtocol.CHUNK_BYTES;

    private final FileChecksum checksum = new FileChecksum();

    @TempDir
    Path home;

    @Test
    void ofAnEmptyFileItIsTheDigestOfNothing() {
        assertThat(checksum.endFile().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, CHUNK - 1, CHUNK})
    void ofAFileOfOneChunkItIsWhatSha256sumPrints(int size) throws Exception {
        Path file = write(size);

        assertThat(of(file)).isEqualTo(shell("sha256sum big.iso | cut -d' ' -f1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77})
    void ofALargerFileItIsWhatTheCommandInTheDocumentationPrints(int size) throws Exception {
        Path file = write(size);

        assertThat(of(file)).isEqualTo(shell(documentedCommand() + " | cut -d' ' -f1"));
    }

    @Test
    void aFileThatWasBrokenOffLeavesNoTraceInTheNext() {
        checksum.update(ByteBuffer.allocate(10));
        checksum.endChunk();
        checksum.update(ByteBuffer.allocate(10));

        checksum.reset();

        assertThat(checksum.endFile()).isEqualTo(new FileChecksum().endFile());
    }

    private String of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int start = 0; start < bytes.length; start += CHUNK) {
            checksum.update(ByteBuffer.wrap(bytes, start, Math.min(CHUNK, bytes.length - start)));
            checksum.endChunk();
        }
        return checksum.endFile().hex();
    }

    private Path write(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(home.resolve("big.iso"), bytes);
    }

    private static String documentedCommand() throws IOException {
        return Documentation.block("sh").get(0);
    }

    private String shell(String command) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", command).directory(home.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(complaint).isZero();
        return printed.strip();
    }
}
