package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what is served. */
class GatewayDoorTest {

    private static final String[] NAVIGATION = {"Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate"};
    private static final Pattern TOKEN = Pattern.compile("<meta name=\"lp2p-token\" content=\"([A-Za-z0-9_-]{22})\">");

    private static final String PAGE_OF_ONE_FILE = "<!doctype html><html><head><style>p {}\r\n</style></head>"
            + "<script type=\"module\">let a\nlet b</script><script src=\"evil.js\"></script></html>";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPeerToPeerManager manager;

    @SuppressWarnings("NullAway.Init")
    private static Gateway gateway;

    private static int port;

    @BeforeAll
    static void start() throws Exception {
        manager = LocalPeerToPeerManager.start(
                LP2PSettings.builder(
                                "Here", folder.resolve("key"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                        .interfaces(List.of("lo"))
                        .build(),
                new InsecureWillingConsent("nobody", new LinkedBlockingQueue<>()));
        Path chat = Files.createDirectories(folder.resolve("apps/chat"));
        Files.writeString(chat.resolve("index.html"), "<!doctype html><html><head></head><body></body></html>");
        Files.writeString(chat.resolve("bare.html"), "<!doctype html><p>no head");
        Files.writeString(chat.resolve("chat.js"), "// chat");
        Files.writeString(chat.resolve(".hidden"), "hidden");
        Path inner = Files.createDirectories(chat.resolve("rooms/inner"));
        Files.writeString(inner.resolve("index.html"), PAGE_OF_ONE_FILE);
        Files.writeString(folder.resolve("apps/secret.txt"), "secret");
        Files.createSymbolicLink(chat.resolve("link.txt"), folder.resolve("apps/secret.txt"));
        Files.createSymbolicLink(chat.resolve("up"), folder.resolve("apps"));
        Map<String, Path> apps = Map.of("chat", chat, "other", chat, "chat/rooms", chat.resolve("rooms"));
        gateway = Gateway.start(new GatewaySettings(0, apps), manager);
        port = gateway.port();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.:PORT",
                "LOCALHOST:PORT",
                "127.0.0.1:PORT.evil.example",
                "127.1:PORT",
                "[::ffff:127.0.0.1]:PORT",
                ""
            })
    void aHostThatIsNotExactlyThisOneIsRefused(String host) throws Exception {
        String answer =
                RawHttp.handshake(port, "Host: " + host.replace("PORT", "" + port), "Origin: https://example.com");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("Host must be 127.0.0.1:" + port);
        assertThat(RawHttp.get(port, "/lp2p/src/lp2p.js", "Host: " + host.replace("PORT", "" + port)))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void withoutAHostOrWithTwoNothingIsServed() throws Exception {
        assertThat(RawHttp.get(port, "/lp2p/src/lp2p.js")).startsWith("HTTP/1.1 403");
        assertThat(RawHttp.get(port, "/lp2p/src/lp2p.js", host(), "Host: evil.example"))
                .doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://example.com",
                "http://192.168.1.7",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://evil.localhost",
                "https://example.com/",
                "https://example.com:443",
                "https://EXAMPLE.com",
                "https://user@example.com",
                "https://bücher.example",
                "chrome-extension://abcdefghijklmnop",
                "lp2p:drop",
                "file://",
                "*"
            })
    void anOriginThatIsNoSecurePlaceIsRefusedWithALineThatSaysWhy(String origin) throws Exception {
        String answer = RawHttp.handshake(port, host(), "Origin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 403");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n")).strip()).isNotEmpty();
    }

    @Test
    void withoutAnOriginOrWithTwoNobodyConnects() throws Exception {
        assertThat(RawHttp.handshake(port, host())).startsWith("HTTP/1.1 403");
        assertThat(RawHttp.handshake(port, host(), "Origin: https://a.example", "Origin: https://b.example"))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com", "https://example.com:8443", "http://localhost:3000", "http://127.0.0.1"})
    void aSecurePlaceGetsIn(String origin) throws Exception {
        TestPage.welcomed(port, origin);
    }

    @Test
    void anotherUserOfThisComputerIsRefused() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
        String script = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf 'GET /lp2p/src/lp2p.js HTTP/1.1\\r\\n" + host()
                + "\\r\\n\\r\\n' >&3; cat <&3";
        assertThat(asUser("65534", script)).startsWith("HTTP/1.1 403").contains("another user");
        assertThat(asUser("0", script)).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingIsChangedOrSaidToOtherOriginsByPlainHttp() throws Exception {
        assertThat(RawHttp.exchange(port, "POST /lp2p/src/lp2p.js HTTP/1.1\r\n" + host() + "\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        String answer = RawHttp.get(port, "/lp2p/src/lp2p.js", host(), "Origin: https://example.com");
        assertThat(answer.toLowerCase(Locale.ROOT))
                .startsWith("http/1.1 200")
                .contains("content-type: text/javascript", "nosniff", "frame-ancestors 'none'")
                .contains("cross-origin-resource-policy: same-origin")
                .doesNotContain("access-control", "set-cookie");
    }

    @Test
    void theLibraryIsServedAsItIsInTheRepository() throws Exception {
        try (var files = Files.list(Path.of("..", "web", "lp2p", "src"))) {
            for (Path file : files.toList()) {
                String answer = RawHttp.get(port, "/lp2p/src/" + file.getFileName(), host());
                assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEqualTo(Files.readString(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat/../secret.txt",
                "/chat/%2e%2e/secret.txt",
                "/chat/..%2fsecret.txt",
                "/chat/up/secret.txt",
                "/chat/rooms/../../secret.txt",
                "/chat/rooms",
                "/chat/link.txt",
                "/chat/.hidden",
                "/chat//etc/passwd",
                "/lp2p/src/../../pom.xml",
                "/lp2p/src/",
                "/nothing/",
                "/chat/index.html?x",
                "/",
                "/chat/\\..\\secret.txt",
                "http://evil.example/chat/"
            })
    void nothingOutsideOfAnAppIsServed(String path) throws Exception {
        assertThat(RawHttp.get(port, path, host())).startsWith("HTTP/1.1 404").doesNotContain("secret");
    }

    @Test
    void aPageThatIsServedIsItsAppByATokenThatIsGoodOnce() throws Exception {
        String token = token("/chat/");
        TestPage page = TestPage.open(port, own());
        page.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        page.hear("welcome");

        assertRefused(own(), token);
    }

    @Test
    void aPageWhoseSocketIsGoneIsItsAppAgainByTheTokenThatCameWithItsWelcome() throws Exception {
        String token = token("/chat/rooms/inner/");
        String next = welcomeWith(token).path("token").asText();
        assertThat(next).hasSameSizeAs(token).isNotEqualTo(token);

        String last = welcomeWith(next).path("token").asText();

        assertRefused(own(), token);
        assertRefused(own(), next);
        assertThat(gateway.tokens().spend(last, own())).contains("chat/rooms");
        String stolen = welcomeWith(token("/chat/")).path("token").asText();
        assertRefused("https://evil.example", stolen);
        assertRefused(own(), stolen);
    }

    @Test
    void aSiteIsWelcomeWithoutAToken() throws Exception {
        TestPage page = TestPage.open(port, "https://example.com");
        page.say("{'type':'hello','versions':[1]}");
        assertThat(page.hear("welcome").has("token")).isFalse();
    }

    private static String type(TestPage page) throws Exception {
        return ((JsonNode) page.next()).path("type").asText();
    }

    private static JsonNode welcomeWith(String token) throws Exception {
        TestPage page = TestPage.open(port, own());
        page.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        JsonNode welcome = page.hear("welcome");
        page.vanish();
        return welcome;
    }

    @Test
    void aPageThatSpeaksAnotherVersionKeepsItsToken() throws Exception {
        String token = token("/chat/");
        TestPage page = TestPage.open(port, own());
        page.say("{'type':'hello','versions':[2],'token':'%s'}", token);
        assertThat(page.hear("refused").path("code").asText()).isEqualTo("version");

        assertThat(gateway.tokens().spend(token, own())).contains("chat");
    }

    @Test
    void aPageThatIsBlockedKeepsItsTokenForWhenItIsNot() throws Exception {
        Origin app = Origin.ofProgram("other");
        String token = token("/other/");
        manager.block(app);
        TestPage page = TestPage.open(port, own());
        page.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        assertThat(page.hear("refused").path("code").asText()).isEqualTo("blocked");

        manager.removeRule(app);
        welcomeWith(token);
    }

    @Test
    void ofTwoPagesThatBringOneTokenAtOnceOneIsWelcome() throws Exception {
        String token = token("/chat/");
        TestPage one = TestPage.open(port, own());
        TestPage two = TestPage.open(port, own());
        CountDownLatch both = new CountDownLatch(1);
        gateway.files().execute(() -> {
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        one.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        two.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        both.countDown();

        assertThat(List.of(type(one), type(two))).containsExactlyInAnyOrder("welcome", "refused");
    }

    @Test
    void ofAPageTheScriptsAndStylesOfItsFileRunAndNoOthers() throws Exception {
        assertThat(RawHttp.get(port, "/chat/rooms/inner/", host()))
                .contains("; script-src 'self' 'sha256-" + sha256("let a\nlet b") + "'; style-src 'self' 'sha256-"
                        + sha256("p {}\n") + "'\r\n")
                .doesNotContain("unsafe-inline");
        assertThat(RawHttp.get(port, "/chat/", host()))
                .contains("default-src 'self'")
                .doesNotContain("sha256");
    }

    @Test
    void aPageIsMadeOnAnotherThreadThanTheAgentsLoop() throws Exception {
        ServedFile page = new ServedFile("text/html", StandardCharsets.UTF_8.encode(PAGE_OF_ONE_FILE));
        assertThat(manager.loop()
                        .submit(() -> assertThatThrownBy(() -> gateway.answers().file(page, false))
                                .isInstanceOf(IllegalStateException.class)))
                .succeedsWithin(TestPage.PATIENCE);
        assertThat(RawHttp.get(port, "/chat/rooms/inner/", host())).startsWith("HTTP/1.1 200");
    }

    @Test
    void anAppInAnotherIsAnOriginOfItsOwn() throws Exception {
        assertThat(gateway.tokens().spend(token("/chat/rooms/inner/"), own())).contains("chat/rooms");
        assertThat(gateway.tokens().spend(token("/chat/"), own())).contains("chat");
        assertThat(Origin.ofProgram("chat/rooms").value()).isEqualTo("lp2p:chat-rooms");
        assertThatThrownBy(() -> new GatewaySettings(0, Map.of("chat/rooms", folder, "chat-rooms", folder)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenIsWorthNothingInTheHandOfAnotherOriginAndIsSpentByIt() throws Exception {
        String token = token("/chat/bare.html");
        assertRefused("https://evil.example", token);
        assertRefused(own(), token);
    }

    @Test
    void aTokenThatIsGuessedIsRefused() throws Exception {
        assertRefused(own(), "AAAAAAAAAAAAAAAAAAAAAA");
        assertRefused(own(), "");
    }

    @Test
    void whoIsServedFromHereIsNobodyWithoutAToken() throws Exception {
        TestPage page = TestPage.open(port, "http://localhost:" + port);
        page.say("{'type':'hello','versions':[1]}");
        assertThat(page.hear("refused").path("code").asText()).isEqualTo("token");
    }

    @Test
    void onlyATabThatGoesThereGetsAToken() throws Exception {
        assertThat(RawHttp.get(port, "/chat/", host())).contains("200 OK").doesNotContain("lp2p-token");
        assertThat(RawHttp.get(port, "/chat/", host(), "Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors"))
                .doesNotContain("lp2p-token");
        assertThat(RawHttp.get(port, "/chat/", host(), "Sec-Fetch-Dest: iframe", "Sec-Fetch-Mode: navigate"))
                .doesNotContain("lp2p-token");
        assertThat(token("/chat/")).isNotEqualTo(token("/chat/"));
    }

    @Test
    void anAppIsAtOneAddressOnly() throws Exception {
        assertThat(RawHttp.get(port, "/chat/", "Host: localhost:" + port))
                .startsWith("HTTP/1.1 308")
                .contains("location: http://127.0.0.1:" + port + "/chat/");
    }

    @Test
    void itListensOnNoAddressButThoseOfLoopback() throws Exception {
        for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(link.getInetAddresses())) {
                String host = address instanceof Inet6Address ? "[::1]:" : "127.0.0.1:";
                String request = "GET /lp2p/src/lp2p.js HTTP/1.1\r\nHost: " + host + port + "\r\n\r\n";
                if (address.isLoopbackAddress()) {
                    assertThat(RawHttp.exchange(address, port, request)).startsWith("HTTP/1.1 200");
                } else {
                    assertThatThrownBy(() -> RawHttp.exchange(address, port, request))
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void aPortThatIsTakenSaysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewaySettings settings = new GatewaySettings(taken.getLocalPort(), Map.of());
            assertThatThrownBy(() -> Gateway.start(settings, manager))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void whoIsAcceptedWhileItClosesIsClosedToo() throws Exception {
        Gateway ending = Gateway.start(new GatewaySettings(0, Map.of()), manager);
        EmbeddedChannel early = new EmbeddedChannel();
        ending.accept(early);
        assertThat(early.isOpen()).isTrue();

        ending.close();
        EmbeddedChannel late = new EmbeddedChannel();
        ending.accept(late);

        assertThat(early.isOpen()).isFalse();
        assertThat(late.isOpen()).isFalse();
    }

    @Test
    void aRequestThatComesByteByByteIsCutOffAtItsTime() {
        EmbeddedChannel slow = new EmbeddedChannel();
        slow.freezeTime();
        gateway.accept(slow);
        int seconds = 0;
        while (slow.isOpen() && seconds < 2 * Limits.GREETING_TIME.toSeconds()) {
            slow.writeInbound(Unpooled.wrappedBuffer(new byte[] {'G'}));
            slow.advanceTimeBy(1, TimeUnit.SECONDS);
            slow.runScheduledPendingTasks();
            seconds++;
        }
        assertThat(seconds).isEqualTo((int) Limits.GREETING_TIME.toSeconds());
        assertThat(slow.isOpen()).isFalse();
    }

    @Test
    void anotherUserWhoOpensConnectionsAndSaysNothingHasFewPlaces() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
        String script = "for ((i = 0; i < 16; i++)); do exec {first}<>/dev/tcp/127.0.0.1/" + port + "; done;"
                + "exec {last}<>/dev/tcp/127.0.0.1/" + port + "; cat <&$last; echo closed;"
                + "read -t 0 -u $first || echo open";
        assertThat(asUser("65534", script).lines()).containsExactly("closed", "open");
    }

    @Test
    void anAppCannotTakeTheLibrarysPlace() {
        assertThatThrownBy(() -> new GatewaySettings(0, Map.of("lp2p", folder)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAppCannotBeTheProgramThatReceivesFiles() {
        assertThatThrownBy(() -> new GatewaySettings(0, Map.of("drop", folder)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noAppGetsAServiceWorkerWhichWouldStandBeforeTheAppsInIt() throws Exception {
        assertThat(RawHttp.get(port, "/chat/chat.js", host(), "Service-Worker: script"))
                .startsWith("HTTP/1.1 403");
    }

    private static void assertRefused(String origin, String token) throws Exception {
        TestPage page = TestPage.open(port, origin);
        page.say("{'type':'hello','versions':[1],'token':'%s'}", token);
        JsonNode refused = page.hear("refused");
        assertThat(refused.path("code").asText()).isEqualTo("token");
        assertThat(page.awaitClose()).isEqualTo(Limits.CLOSE_REFUSED);
    }

    private static String token(String path) throws IOException {
        Matcher token = TOKEN.matcher(RawHttp.get(port, path, host(), NAVIGATION[0], NAVIGATION[1]));
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String asUser(String uid, String script) throws Exception {
        Process process = new ProcessBuilder("setpriv", "--reuid", uid, "--clear-groups", "bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }

    private static String host() {
        return "Host: 127.0.0.1:" + port;
    }

    private static String own() {
        return "http://127.0.0.1:" + port;
    }
}
