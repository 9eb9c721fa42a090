package dev.lp2p.testkit.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A command that runs on a host. Its output is what tests wait for, and stands in the message of what fails. */
public final class HostProcess {

    /** How much of the output a failure shows: its end, which says why. */
    private static final int TRANSCRIPT_LINES = 200;

    /** How long the output may go on after the process ended: a child that outlives it may hold it open for ever. */
    private static final Duration CHILDREN_OUTLIVE = Duration.ofSeconds(5);

    private final String title;
    private final Process process;
    private final long startNanos = System.nanoTime();
    private final Deque<String> transcript = new ArrayDeque<>();
    private final OutputLines output = new OutputLines(this::transcript);
    private final OutputLines errors = new OutputLines(this::transcript);

    private HostProcess(String title, Process process) {
        this.title = title;
        this.process = process;
    }

    static HostProcess start(String host, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            HostProcess process = new HostProcess(host + " $ " + String.join(" ", command), started);
            Thread out = process.read("out", started.getInputStream(), process.output);
            Thread err = process.read("err", started.getErrorStream(), process.errors);
            inBackground("end of " + process.title, () -> process.awaitEnd(out, err));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    /** The lines of its standard output. */
    public OutputLines output() {
        return output;
    }

    /** The lines of its standard error. */
    public OutputLines errors() {
        return errors;
    }

    /** Types a line on its standard input. */
    public void sendLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError("It does not read its standard input.\n" + transcript(), e);
        }
    }

    /** Waits for its end; after that, its output is complete. A process that a signal ended has 128 and its number. */
    public int exitStatus() {
        return exitStatus(OutputLines.PATIENCE);
    }

    /** The same, with a limit other than {@link OutputLines#PATIENCE}. */
    public int exitStatus(Duration limit) {
        output.awaitEnd(limit);
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once (SIGKILL), without a word to anyone. */
    public void kill() {
        process.destroyForcibly();
    }

    /** What it was, how it ended, and the last lines of its output, with the second at which each came. */
    public String transcript() {
        StringBuilder text = new StringBuilder("--- ").append(title);
        text.append(process.isAlive() ? " (running)" : " (ended with " + process.exitValue() + ")")
                .append('\n');
        synchronized (transcript) {
            transcript.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private Thread read(String label, InputStream stream, OutputLines lines) {
        return inBackground("output of " + title, () -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    record(label, line);
                    lines.add(line);
                }
            } catch (IOException e) {
                record(label, "(cannot be read any further: " + e.getMessage() + ")");
            }
        });
    }

    /** Says of both outputs together that they ended, so that a failure that waited for one shows all of the other. */
    private void awaitEnd(Thread out, Thread err) {
        try {
            process.waitFor();
            out.join(CHILDREN_OUTLIVE.toMillis());
            err.join(CHILDREN_OUTLIVE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            output.end();
            errors.end();
        }
    }

    private static Thread inBackground(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void record(String label, String line) {
        double seconds = Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
        synchronized (transcript) {
            transcript.add(String.format(Locale.ROOT, "%8.3f %s: %s", seconds, label, line));
            if (transcript.size() > TRANSCRIPT_LINES) {
                transcript.remove();
            }
        }
    }
}
