package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a socket, frame by frame. */
class ClosingTest {

    private static final int CLOSE = 0x88;
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPeerToPeerManager manager;

    @SuppressWarnings("NullAway.Init")
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        LP2PSettings settings = LP2PSettings.builder(
                        "Here", folder.resolve("key"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .build();
        manager = LocalPeerToPeerManager.start(
                settings, new InsecureWillingConsent("nobody", new LinkedBlockingQueue<>()));
        gateway = Gateway.start(new GatewaySettings(0, Map.of()), manager);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        manager.close();
    }

    @Test
    void eachSideClosesOnce() throws Exception {
        try (Socket socket = connect("https://example.com")) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            sayAnotherVersion(socket);
            assertThat(read(in, TEXT)).contains("refused");
            read(in, CLOSE);

            send(socket, CLOSE, ByteBuffer.allocate(2).putShort((short) 1000).array());

            assertThat(in.read()).as("only the end comes").isEqualTo(-1);
        }
    }

    @Test
    void whoNeverClosesItsSideKeepsItsPlaceUntilItIsCutOff() throws Exception {
        String site = "https://stays.example";
        // Pages that stay take all places but one: a busy machine has the time to close for two sockets, not for all.
        List<TestPage> pages = new ArrayList<>();
        for (int i = 1; i < Limits.SOCKETS_OF_ORIGIN; i++) {
            pages.add(TestPage.welcomed(gateway.port(), site));
        }
        try (Socket refused = connect(site)) {
            DataInputStream in = new DataInputStream(refused.getInputStream());
            sayAnotherVersion(refused);
            assertThat(read(in, TEXT)).contains("version");
            try (Socket late = connect(site)) {
                assertThat(read(new DataInputStream(late.getInputStream()), TEXT))
                        .contains("busy");
            }
            read(in, CLOSE);
            assertThat(in.read()).isEqualTo(-1);
        }
        pages.add(TestPage.welcomed(gateway.port(), site));
        pages.forEach(page -> page.say("{'type':'bye'}"));
    }

    @Test
    void aPageThatFindsNoPlaceKeepsItsTokenThoughItSaidItAtOnce() throws Exception {
        String own = gateway.callers().ownOrigin();
        String token = gateway.tokens().issue(own, "chat");
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < Limits.SOCKETS_OF_ORIGIN; i++) {
                others.add(connect(own));
            }
            try (Socket late = connect(own)) {
                String hello = "{\"type\":\"hello\",\"versions\":[1],\"token\":\"" + token + "\"}";
                send(late, TEXT, hello.getBytes(StandardCharsets.UTF_8));
                send(late, CLOSE, new byte[0]);
                DataInputStream in = new DataInputStream(late.getInputStream());
                assertThat(read(in, TEXT)).contains("busy");
                read(in, CLOSE);
                assertThat(in.read()).as("both were read before the end").isEqualTo(-1);
            }
            assertThat(gateway.tokens().spend(token, own)).contains("chat");
        } finally {
            for (Socket socket : others) {
                socket.close();
            }
        }
    }

    private static Socket connect(String origin) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout((int) TestPage.PATIENCE.toMillis());
        socket.getOutputStream().write(RawHttp.upgrade(gateway.port(), origin).getBytes(StandardCharsets.UTF_8));
        readHead(new DataInputStream(socket.getInputStream()));
        return socket;
    }

    private static void sayAnotherVersion(Socket socket) throws Exception {
        send(socket, TEXT, "{\"type\":\"hello\",\"versions\":[2]}".getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to the handshake. */
    private static void readHead(DataInputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readByte());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** With a mask of zeros, which changes nothing. */
    private static void send(Socket socket, int kind, byte[] payload) throws Exception {
        socket.getOutputStream()
                .write(ByteBuffer.allocate(6 + payload.length)
                        .put((byte) kind)
                        .put((byte) (MASKED | payload.length))
                        .putInt(0)
                        .put(payload)
                        .array());
    }

    private static String read(DataInputStream in, int kind) throws Exception {
        assertThat(in.read()).isEqualTo(kind);
        byte[] payload = new byte[in.read()];
        in.readFully(payload);
        return new String(payload, StandardCharsets.UTF_8);
    }
}
