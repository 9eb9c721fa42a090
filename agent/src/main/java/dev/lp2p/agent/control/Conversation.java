package dev.lp2p.agent.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The agent's end of a command that goes on for a while. What is told leaves on a thread of its own, so that a command
 * which was stopped and reads nothing holds up nobody for long: it is hung up on.
 */
public final class Conversation {

    /** Messages that wait for the command to read. */
    private static final int MAX_WAITING = 256;

    private static final int PATIENCE_SECONDS = 10;

    private final SocketChannel channel;
    private final BufferedReader reader;
    private final BlockingQueue<Optional<ControlAnswer>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread writer = new Thread(this::write, "lp2p-control-output");

    Conversation(SocketChannel channel, BufferedReader reader) {
        this.channel = channel;
        this.reader = reader;
        writer.setDaemon(true);
        writer.start();
    }

    /** The next of what the command says; empty once it is gone, or says what nobody knows. */
    public Optional<ControlRequest> hear() {
        try {
            Optional<String> line = ControlCodec.readLine(reader);
            return line.isPresent()
                    ? Optional.of(ControlCodec.parse(line.get(), ControlRequest.class))
                    : Optional.empty();
        } catch (IOException | ControlCodec.Unreadable e) {
            return Optional.empty();
        }
    }

    /** In the order of calls; without effect once the command is gone. */
    public void tell(ControlAnswer answer) {
        put(Optional.of(answer));
    }

    /** Hangs up after what was told, and returns then. */
    public void end() {
        put(Optional.empty());
        try {
            writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Optional<ControlAnswer> next) {
        boolean isInterrupted = false;
        boolean isOver = !channel.isOpen();
        while (!isOver) {
            try {
                isOver = true;
                if (!waiting.offer(next, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    ControlSocket.hangUp(channel);
                }
            } catch (InterruptedException e) {
                // Whoever ends the errand still has its last words to say.
                isInterrupted = true;
                isOver = false;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try (channel) {
            for (Optional<ControlAnswer> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                ControlCodec.write(channel, next.get());
            }
        } catch (IOException | InterruptedException e) {
            // The command went away, which its own end says.
        }
    }
}
