package dev.lp2p.agent.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lp2p.terminal.StandardStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A command that runs in this process with {@code --json}, as a program that calls it sees it. */
final class RunningCommand {

    private static final long GENEROUS_SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final OutputStream input;
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;

    private RunningCommand(String... arguments) throws IOException {
        Pipe keyboard = Pipe.open();
        input = Channels.newOutputStream(keyboard.sink());
        StandardStreams streams = new StandardStreams(
                Channels.newInputStream(keyboard.source()),
                new PrintStream(new EventLines(), true, StandardCharsets.UTF_8),
                new PrintStream(words, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                false,
                false,
                false,
                false,
                () -> 80);
        thread = new Thread(
                () -> status.complete(Lp2pCommand.commandLine(streams).execute(arguments)), "lp2p " + arguments[0]);
        thread.start();
    }

    static RunningCommand start(String... arguments) throws IOException {
        return new RunningCommand(arguments);
    }

    /** The next event of this name; others before it, but a failure, are passed over. */
    JsonNode await(String event) throws InterruptedException {
        while (true) {
            JsonNode next = events.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No " + event + ", but:\n" + words());
            }
            String name = next.get("event").asText();
            if (name.equals(event)) {
                return next;
            }
            if (name.equals("failed")) {
                throw new AssertionError("Instead of " + event + ": " + next + "\n" + words());
            }
        }
    }

    void enter(String line) throws IOException {
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return status.orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Ends a command that would go on, and waits until it has cleaned up. */
    void stop() {
        thread.interrupt();
        status();
    }

    String words() {
        return words.toString(StandardCharsets.UTF_8);
    }

    /**
     * Reads each line where it is written. The JDK's piped streams would break once the thread that wrote last has ended,
     * and events come from threads that do.
     */
    private final class EventLines extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int octet) throws IOException {
            if (octet == '\n') {
                events.add(JSON.readTree(line.toByteArray()));
                line.reset();
            } else {
                line.write(octet);
            }
        }
    }
}
