package dev.lp2p.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A television and a phone with real agents on the loopback interface, each with a gateway for its pages. */
final class TwoDevices implements AutoCloseable {

    static final String SITE = "https://example.com";

    final LocalPeerToPeerManager tv;
    final LocalPeerToPeerManager phone;
    final Gateway tvGateway;
    final Gateway phoneGateway;

    TwoDevices(Path folder) throws IOException {
        this(folder, patient(Map.of()), patient(Map.of()));
    }

    TwoDevices(Path folder, GatewaySettings ofTv, GatewaySettings ofPhone) throws IOException {
        String name = "TV " + UUID.randomUUID().toString().substring(0, 8);
        BlockingQueue<Psk> codes = new LinkedBlockingQueue<>();
        tv = start(name, folder.resolve("tv"), name, codes);
        phone = start("Phone", folder.resolve("phone"), name, codes);
        tvGateway = Gateway.start(ofTv, tv);
        phoneGateway = Gateway.start(ofPhone, phone);
    }

    /** Of a gateway that takes no page that gets little of the processor for one that went away. */
    static GatewaySettings patient(Map<String, Path> apps) {
        return new GatewaySettings(0, apps, Duration.ofMinutes(1), Duration.ofMinutes(10));
    }

    /** Two pages with a connection between them. */
    record Pages(TestPage tv, long tvConnection, TestPage phone, long phoneConnection) {

        /** A channel that the phone's page makes: the numbers of it here and there. */
        Channel openChannel(String label) throws Exception {
            long phoneChannel = phone.newNumber();
            phone.say(
                    "{'type':'channel.open','connection':%d,'channel':%d,'label':'%s','protocol':''}",
                    phoneConnection, phoneChannel, label);
            phone.hear("channel.opened");
            return new Channel(
                    phoneChannel, tv.hear("channel.incoming").path("channel").asLong());
        }

        /** A transport that the phone's page makes. */
        Channel openTransport() throws Exception {
            long phoneTransport = phone.newNumber();
            phone.say("{'type':'transport.open','connection':%d,'transport':%d}", phoneConnection, phoneTransport);
            phone.hear("transport.ready");
            return new Channel(
                    phoneTransport,
                    tv.hear("transport.incoming").path("transport").asLong());
        }
    }

    /** The numbers of a thing at both pages. */
    record Channel(long atPhone, long atTv) {}

    Pages connect() throws Exception {
        TestPage screen = TestPage.welcomed(tvGateway.port(), SITE);
        TestPage remote = TestPage.welcomed(phoneGateway.port(), SITE);
        return connect(screen, remote);
    }

    /** What one page waits for in vain is often said at the other: a failure tells of both. */
    static Pages connect(TestPage screen, TestPage remote) throws Exception {
        try {
            return meet(screen, remote);
        } catch (AssertionError e) {
            String state = " (the television's page: " + screen + "; the phone's: " + remote + ")";
            throw new AssertionError(e.getMessage() + state, e);
        }
    }

    private static Pages meet(TestPage screen, TestPage remote) throws Exception {
        screen.say("{'type':'receiver.start','receiver':%d,'activation':false}", screen.newNumber());
        screen.hear("receiver.started");
        remote.say("{'type':'request.start','request':%d,'activation':true}", remote.newNumber());
        JsonNode connected = remote.hear("request.connected");
        JsonNode incoming = screen.hear("connection.incoming");
        return new Pages(
                screen,
                incoming.path("connection").asLong(),
                remote,
                connected.path("connection").asLong());
    }

    @Override
    public void close() {
        tvGateway.close();
        phoneGateway.close();
        phone.close();
        tv.close();
    }

    private static LocalPeerToPeerManager start(String name, Path identity, String wanted, BlockingQueue<Psk> codes) {
        LP2PSettings settings = LP2PSettings.builder(
                        name, identity, new InMemoryPeerStore(), new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .listenersOnLoop(origin -> true)
                .build();
        return LocalPeerToPeerManager.start(settings, new InsecureWillingConsent(wanted, codes));
    }
}
