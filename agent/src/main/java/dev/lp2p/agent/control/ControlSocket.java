package dev.lp2p.agent.control;

import dev.lp2p.agent.control.ControlAnswer.Reason;
import dev.lp2p.agent.control.ControlAnswer.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;

/**
 * Where the user's own commands reach the agent, and nobody else: a socket that only the user can open, in a folder that is
 * the user's alone; where the system tells who opened it, that is checked as well.
 */
public final class ControlSocket implements AutoCloseable {

    /** In the state folder. */
    public static final String NAME = "control.sock";

    /** Commands at a time. */
    static final int MAX_CONNECTIONS = 32;

    /** Before the next is taken, where one could not be for want of files or threads. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private static final Logger LOG = System.getLogger(ControlSocket.class.getName());

    private final Path file;
    private final Executor connectionThreads;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);

    public ControlSocket(Path stateFolder) {
        this(stateFolder, task -> start("lp2p-control-connection", task));
    }

    /** @param connectionThreads serves each connection on a thread of its own */
    ControlSocket(Path stateFolder, Executor connectionThreads) {
        this.file = stateFolder.resolve(NAME);
        this.connectionThreads = connectionThreads;
    }

    /**
     * Begins to listen. Whoever calls has the state folder to itself, so that a socket that is there is of a process that is
     * not any more.
     *
     * @param answers may block, and be called for several requests at once
     * @param errands returns once the errand is over
     * @return takes the socket away again; connections stay until {@link #close()}
     */
    public AutoCloseable listen(
            Function<ControlRequest, ControlAnswer> answers, BiConsumer<ControlRequest.Run, Conversation> errands)
            throws IOException {
        Files.deleteIfExists(file);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file), MAX_CONNECTIONS);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException | UnsupportedOperationException e) {
            server.close();
            throw e;
        }
        start("lp2p-control", () -> accept(server, answers, errands));
        return () -> {
            server.close();
            ended.countDown();
            Files.deleteIfExists(file);
        };
    }

    /** Hangs up; who waits for the agent's end learns of it by that. */
    @Override
    public void close() {
        connections.forEach(ControlSocket::hangUp);
    }

    /** Returns once the server is closed, and for no other reason. */
    void accept(
            ServerSocketChannel server,
            Function<ControlRequest, ControlAnswer> answers,
            BiConsumer<ControlRequest.Run, Conversation> errands) {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                startServing(connection, () -> serve(connection, answers, errands));
            } catch (IOException | OutOfMemoryError e) {
                if (server.isOpen()) {
                    LOG.log(Level.WARNING, "A command did not reach the agent", e);
                    pause();
                }
            }
        }
    }

    private void startServing(SocketChannel connection, Runnable task) {
        connections.add(connection);
        boolean isServed = false;
        try {
            connectionThreads.execute(task);
            isServed = true;
        } finally {
            if (!isServed) {
                connections.remove(connection);
                hangUp(connection);
            }
        }
    }

    /** Not longer than anybody listens. */
    private void pause() {
        try {
            ended.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(
            SocketChannel connection,
            Function<ControlRequest, ControlAnswer> answers,
            BiConsumer<ControlRequest.Run, Conversation> errands) {
        try (connection;
                BufferedReader reader = ControlCodec.reader(connection)) {
            if (!isOfTheUser(connection)) {
                return;
            }
            if (connections.size() > MAX_CONNECTIONS) {
                ControlCodec.write(
                        connection,
                        new Refused(Reason.BUSY, "Too many commands at once. Try again when some have ended."));
                return;
            }
            Optional<String> line = ControlCodec.readLine(reader);
            while (line.isPresent()) {
                Optional<ControlRequest> request = parse(line.get(), connection);
                if (request.isPresent() && request.get() instanceof ControlRequest.Run run) {
                    errands.accept(run, new Conversation(connection, reader));
                    return;
                }
                if (request.isPresent()) {
                    ControlCodec.write(connection, answers.apply(request.get()));
                }
                line = ControlCodec.readLine(reader);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A command went away", e);
        } finally {
            connections.remove(connection);
        }
    }

    private static Optional<ControlRequest> parse(String line, SocketChannel connection) throws IOException {
        try {
            return Optional.of(ControlCodec.parse(line, ControlRequest.class));
        } catch (ControlCodec.Unreadable e) {
            ControlCodec.write(
                    connection,
                    e.isOfAnotherVersion()
                            ? new Refused(
                                    Reason.VERSION,
                                    "The agent that runs is of another version. Restart it: lp2p agent --stop, then lp2p agent.")
                            : new Refused(Reason.UNKNOWN, "The agent that runs does not know that."));
            return Optional.empty();
        }
    }

    private boolean isOfTheUser(SocketChannel connection) throws IOException {
        if (!connection.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return connection
                .getOption(ExtendedSocketOptions.SO_PEERCRED)
                .user()
                .getName()
                .equals(Files.getOwner(file.getParent()).getName());
    }

    static void hangUp(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection did not close", e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
