package dev.lp2p.testkit.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the machine's own tools. */
final class Shell {

    private Shell() {}

    /**
     * Runs a command to its end.
     *
     * @return what it wrote, errors included
     * @throws IllegalStateException if it fails; the message has the command and its words
     */
    static String run(List<String> command) {
        Result result = tryRun(command);
        if (result.status() != 0) {
            throw new IllegalStateException(
                    "'" + String.join(" ", command) + "' failed with " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    static String run(String... command) {
        return run(Arrays.asList(command));
    }

    static Result tryRun(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command + " ran", e);
        }
    }

    static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    record Result(int status, String output) {}
}
