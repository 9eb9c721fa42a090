package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Caller;
import dev.lp2p.agent.control.ControlAnswer;
import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.Conversation;
import dev.lp2p.terminal.StandardStreams;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The standard streams of a command that has the agent do something. */
final class CallerStreams {

    private static final int MAX_CHUNK = 8192;

    private final Conversation conversation;
    private final StandardStreams streams;
    private final Charset charset;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    CallerStreams(Conversation conversation, Caller caller) {
        this.conversation = conversation;
        this.charset = charset(caller.charset());
        this.streams = new StandardStreams(
                new Lines(),
                output(false),
                output(true),
                charset,
                caller.inIsTerminal(),
                caller.outIsTerminal(),
                caller.errIsTerminal(),
                caller.ansi(),
                caller::columns);
    }

    StandardStreams streams() {
        return streams;
    }

    /** What the command read. */
    void hear(ControlRequest said) {
        if (said instanceof ControlRequest.Input input) {
            lines.add(Optional.of(input.line()));
        } else {
            end();
        }
    }

    /** Nothing more comes. */
    void end() {
        lines.add(Optional.empty());
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    private PrintStream output(boolean error) {
        OutputStream messages = new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                conversation.tell(ControlAnswer.Output.of(Arrays.copyOfRange(bytes, from, from + length), error));
            }
        };
        return new PrintStream(new BufferedOutputStream(messages, MAX_CHUNK), false, charset);
    }

    /** Asks for a line when one is read, so that what a person types is for the question that stands then. */
    private final class Lines extends InputStream {

        private InputStream line = InputStream.nullInputStream();
        private boolean ended;

        @Override
        public int read() {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int length) {
            try {
                int read = line.read(bytes, from, length);
                while (read < 0 && !ended) {
                    next();
                    read = line.read(bytes, from, length);
                }
                return read;
            } catch (IOException | InterruptedException e) {
                ended = true;
                return -1;
            }
        }

        @Override
        public int available() throws IOException {
            return line.available();
        }

        private void next() throws InterruptedException {
            conversation.tell(new ControlAnswer.InputWanted());
            Optional<String> next = lines.take();
            ended = next.isEmpty();
            line = next.<InputStream>map(text -> new ByteArrayInputStream((text + "\n").getBytes(charset)))
                    .orElseGet(InputStream::nullInputStream);
        }
    }
}
