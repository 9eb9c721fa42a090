package dev.lp2p.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** With its key, for the sites of {@link Browser}s, which believe any. It is made once for all of them. */
final class Certificate {

    private static byte[] made = {};

    private Certificate() {}

    /** The file, which {@code browser.mjs} reads. */
    static synchronized Path writtenTo(Path folder) {
        Path file = folder.resolve("sites.p12");
        try {
            if (made.length == 0) {
                make(file);
                made = Files.readAllBytes(file);
            }
            return Files.write(file, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path file) throws IOException {
        Process making = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "sites",
                        "-dname",
                        "CN=sites",
                        "-storepass",
                        "secret",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (making.onExit().join().exitValue() != 0) {
            throw new AssertionError(output);
        }
    }
}
