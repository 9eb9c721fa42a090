package dev.lp2p.agent.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A command's end of the socket of the running agent. */
public final class ControlClient implements AutoCloseable {

    private final SocketChannel connection;
    private final BufferedReader reader;

    private ControlClient(SocketChannel connection) {
        this.connection = connection;
        this.reader = ControlCodec.reader(connection);
    }

    /** Connects to the agent that runs on this state folder; empty if none does. */
    public static Optional<ControlClient> connect(Path stateFolder) {
        Path file = stateFolder.resolve(ControlSocket.NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(file))));
        } catch (IOException e) {
            // Left behind by an agent that was killed.
            return Optional.empty();
        }
    }

    /** @throws IOException if the agent went away, or answers what this version does not know */
    public ControlAnswer ask(ControlRequest request) throws IOException {
        tell(request);
        return hear();
    }

    /** May be called from any thread. */
    public synchronized void tell(ControlRequest request) throws IOException {
        ControlCodec.write(connection, request);
    }

    /** @throws IOException if the agent went away, or says what this version does not know */
    public ControlAnswer hear() throws IOException {
        String line = ControlCodec.readLine(reader).orElseThrow(() -> new IOException("The agent hung up"));
        try {
            return ControlCodec.parse(line, ControlAnswer.class);
        } catch (ControlCodec.Unreadable e) {
            throw new IOException("The agent is of another version", e);
        }
    }

    /** Waits until the agent hangs up. */
    public void awaitEnd() throws IOException {
        // It says nothing unasked.
        boolean isThere = true;
        while (isThere) {
            isThere = ControlCodec.readLine(reader).isPresent();
        }
    }

    /** Says nothing more, so that the agent ends an errand; what it says until then can still be heard. */
    public void endTelling() throws IOException {
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
