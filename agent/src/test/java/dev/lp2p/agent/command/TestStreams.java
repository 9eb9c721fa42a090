package dev.lp2p.agent.command;

import dev.lp2p.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard streams, mostly such that are no terminals, and what was written to them. */
final class TestStreams {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandardStreams streams;

    TestStreams(String input) {
        this(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    TestStreams(InputStream input) {
        this(input, false);
    }

    /** Where a person types {@code input}. */
    static TestStreams ofTerminal(String input) {
        return new TestStreams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), true);
    }

    private TestStreams(InputStream input, boolean terminal) {
        streams = new StandardStreams(
                input,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                terminal,
                terminal,
                terminal,
                terminal,
                () -> 80);
    }

    StandardStreams streams() {
        return streams;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
