package dev.lp2p.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.agent.control.ControlAnswer.Done;
import dev.lp2p.agent.control.ControlAnswer.Reason;
import dev.lp2p.agent.control.ControlAnswer.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {

    @TempDir
    private Path folder;

    private final Queue<ControlRequest> asked = new ConcurrentLinkedQueue<>();
    private ControlSocket socket;
    private AutoCloseable listening;

    @BeforeEach
    void listen() throws IOException {
        socket = new ControlSocket(folder);
        listening = socket.listen(
                request -> {
                    asked.add(request);
                    return new Done();
                },
                (run, conversation) -> {});
    }

    @AfterEach
    void stopListening() throws Exception {
        listening.close();
        socket.close();
    }

    @Test
    void theUserAloneCanOpenIt() throws IOException {
        assertThat(Files.getPosixFilePermissions(folder.resolve(ControlSocket.NAME)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatIsAskedIsAnsweredInTurn() throws IOException {
        try (ControlClient client = ControlClient.connect(folder).orElseThrow()) {
            assertThat(client.ask(new ControlRequest.Status())).isEqualTo(new Done());
            assertThat(client.ask(new ControlRequest.Code(7, "061-488-548"))).isEqualTo(new Done());
        }
        assertThat(asked).containsExactly(new ControlRequest.Status(), new ControlRequest.Code(7, "061-488-548"));
    }

    @Test
    void anotherVersionIsToldSoAndWhatIsUnknownToo() throws Exception {
        assertThat(answerTo("{\"version\":2,\"do\":\"status\"}")).isEqualTo(Optional.of(Reason.VERSION));
        assertThat(answerTo("{\"do\":\"status\"}")).isEqualTo(Optional.of(Reason.VERSION));
        for (String line : List.of(
                "{\"version\":1,\"do\":\"dance\"}",
                "{\"version\":1}",
                "{\"version\":1,\"do\":\"allow\",\"id\":\"x\"}",
                "{\"version\":1,\"do\":\"allow\",\"id\":7}",
                "{\"version\":1,\"do\":\"choose\",\"id\":7,\"lifetime\":\"ONCE\"}",
                "{\"version\":1,\"do\":\"choose\",\"id\":7,\"device\":\"x\",\"lifetime\":\"ONCE\"}",
                "nonsense",
                "")) {
            assertThat(answerTo(line)).as(line).isPresent();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aLineWithoutEndIsNotReadFor() throws Exception {
        try (SocketChannel raw = open()) {
            raw.write(StandardCharsets.UTF_8.encode("x".repeat(ControlCodec.MAX_CHARACTERS + 1)));

            assertThat(ControlCodec.readLine(ControlCodec.reader(raw))).isEmpty();
        }
    }

    @Test
    void moreCommandsThanItServesAreToldToComeAgain() throws Exception {
        List<ControlClient> clients = new ArrayList<>();
        for (int i = 0; i < ControlSocket.MAX_CONNECTIONS; i++) {
            ControlClient client = ControlClient.connect(folder).orElseThrow();
            clients.add(client);
            client.ask(new ControlRequest.Status());
        }
        try (SocketChannel raw = open();
                BufferedReader reader = ControlCodec.reader(raw)) {
            String line = ControlCodec.readLine(reader).orElseThrow();

            assertThat(ControlCodec.parse(line, ControlAnswer.class))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.BUSY));
        }
        clients.forEach(ControlClient::close);
    }

    @Test
    void whoWaitsForTheEndLearnsOfItWhenEverythingWasLetGo() throws Exception {
        try (ControlClient client = ControlClient.connect(folder).orElseThrow()) {
            client.ask(new ControlRequest.Stop());
            listening.close();
            assertThat(ControlClient.connect(folder)).isEmpty();
            assertThat(client.ask(new ControlRequest.Status())).isEqualTo(new Done());

            socket.close();
            client.awaitEnd();
        }
    }

    @Test
    void aSocketThatWasLeftBehindIsNobodyAndMakesRoom() throws Exception {
        Path left = Files.createDirectory(folder.resolve("killed"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(left.resolve(ControlSocket.NAME)));
        }
        assertThat(ControlClient.connect(left)).isEmpty();

        try (ControlSocket next = new ControlSocket(left);
                AutoCloseable listen = next.listen(request -> new Done(), (run, conversation) -> {});
                ControlClient client = ControlClient.connect(left).orElseThrow()) {
            assertThat(listen).isNotNull();
            assertThat(client.ask(new ControlRequest.Status())).isEqualTo(new Done());
        }
    }

    @Test
    void aCommandThatFoundNoThreadIsHungUpOnAndTheNextIsServed() throws Exception {
        Path other = Files.createDirectory(folder.resolve("exhausted"));
        AtomicBoolean isExhausted = new AtomicBoolean(true);
        Executor threads = task -> {
            if (isExhausted.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            new Thread(task).start();
        };
        try (ControlSocket next = new ControlSocket(other, threads);
                AutoCloseable listen = next.listen(request -> new Done(), (run, conversation) -> {});
                ControlClient unlucky = ControlClient.connect(other).orElseThrow();
                ControlClient lucky = ControlClient.connect(other).orElseThrow()) {
            assertThat(listen).isNotNull();
            unlucky.awaitEnd();
            assertThat(lucky.ask(new ControlRequest.Status())).isEqualTo(new Done());
        }
    }

    @Test
    void whatCannotBeAcceptedNowIsLater() throws Exception {
        Path path = folder.resolve("exhausted.sock");
        Thread accepting;
        try (ServerSocketChannel real = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel server = new ExhaustedOnce(real)) {
            real.bind(UnixDomainSocketAddress.of(path));
            accepting = new Thread(() -> socket.accept(server, request -> new Done(), (run, conversation) -> {}));
            accepting.start();
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    BufferedReader reader = ControlCodec.reader(raw)) {
                ControlCodec.write(raw, new ControlRequest.Status());
                assertThat(ControlCodec.readLine(reader)).isPresent();
            }
        }
        accepting.join();
    }

    /** A server of a process that has no file left for the first that comes. */
    private static final class ExhaustedOnce extends ServerSocketChannel {

        private final ServerSocketChannel real;
        private boolean wasExhausted;

        ExhaustedOnce(ServerSocketChannel real) {
            super(real.provider());
            this.real = real;
        }

        @Override
        public SocketChannel accept() throws IOException {
            if (!wasExhausted) {
                wasExhausted = true;
                throw new IOException("Too many open files");
            }
            return real.accept();
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            real.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            real.configureBlocking(block);
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
            real.bind(local, backlog);
            return this;
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
            real.setOption(name, value);
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return real.getOption(name);
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return real.supportedOptions();
        }

        @Override
        public ServerSocket socket() {
            return real.socket();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return real.getLocalAddress();
        }
    }

    private Optional<Reason> answerTo(String line) throws Exception {
        try (SocketChannel raw = open();
                BufferedReader reader = ControlCodec.reader(raw)) {
            raw.write(StandardCharsets.UTF_8.encode(line + "\n"));
            String answer = ControlCodec.readLine(reader).orElseThrow();
            return ControlCodec.parse(answer, ControlAnswer.class) instanceof Refused refused
                    ? Optional.of(refused.reason())
                    : Optional.empty();
        }
    }

    private SocketChannel open() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(ControlSocket.NAME)));
    }
}
