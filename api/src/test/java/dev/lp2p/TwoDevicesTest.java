package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two managers with real agents: connections, origins and grants. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoDevicesTest extends OnLoopback {

    private static final Duration REFUSES_SOON = Duration.ofSeconds(2);

    @Test
    void devicesThatFoundAndAuthenticatedEachOtherTalkAndNeedNoCodeTheNextTime() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection()
                    .onDataChannel(made -> made.channel().onMessage(data -> {
                        received.add(((MessageData.Text) data).value());
                        made.channel().send("Good day to you, requester!");
                    })));
            receiver.start().get();

            for (int time = 1; time <= 2; time++) {
                LP2PConnection connection = new LP2PRequest(laptop).start().get();
                assertThat(connection.peer()).isEqualTo(new Peer(televisionName, television.fingerprint()));
                assertThat(greet(connection)).isEqualTo("Good day to you, requester!");
                assertThat(received.take()).isEqualTo("Good day to you, receiver!");
                CompletableFuture<LP2PConnection.CloseReason> closed = new CompletableFuture<>();
                connection.onClose(closed::complete);
                connection.close();
                assertThat(closed.get()).isEqualTo(LP2PConnection.CloseReason.CLOSED_HERE);
            }

            assertThat(consent.codes).hasValue(1);
            assertThat(laptop.knownPeers()).hasSize(1);
            assertThat(television.knownPeers()).hasSize(1);
        }
    }

    @Test
    void forgettingADeviceRevokesTheConnection() throws Exception {
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            CompletableFuture<LP2PConnection> incoming = new CompletableFuture<>();
            receiver.onConnection(event -> incoming.complete(event.connection()));
            receiver.start().get();
            LP2PConnection connection = new LP2PRequest(laptop).start().get();
            CompletableFuture<LP2PConnection.CloseReason> here = new CompletableFuture<>();
            CompletableFuture<LP2PConnection.CloseReason> there = new CompletableFuture<>();
            connection.onClose(here::complete);
            incoming.get().onClose(there::complete);

            assertThat(laptop.forget(television.fingerprint())).isTrue();

            assertThat(here.get()).isEqualTo(LP2PConnection.CloseReason.REVOKED);
            assertThat(there.get()).isEqualTo(LP2PConnection.CloseReason.CLOSED_BY_PEER);
            assertThat(laptop.forget(television.fingerprint())).isFalse();
        }
    }

    @Test
    void whatIsGrantedForAlwaysNeedsNoPromptTheSecondTimeAndRevokingClosesItAtOnce() throws Exception {
        consent.incoming = Consent.Decision.ALLOW_ALWAYS;
        consent.lifetime = Grant.Lifetime.ALWAYS;
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            BlockingQueue<LP2PConnection> connections = new LinkedBlockingQueue<>();
            receiver.onConnection(event -> connections.add(event.connection()));
            receiver.start().get();
            new LP2PRequest(laptop).start().get().close();
            connections.take();
            assertThat(consent.requests.take().peer().fingerprint()).isEqualTo(laptop.fingerprint());

            LP2PConnection second = new LP2PRequest(laptop).start().get();
            CompletableFuture<LP2PConnection.CloseReason> there = new CompletableFuture<>();
            CompletableFuture<LP2PConnection.CloseReason> here = new CompletableFuture<>();
            connections.take().onClose(there::complete);
            second.onClose(here::complete);
            assertThat(consent.requests).isEmpty();
            assertThat(laptop.grants()).hasSize(1);

            assertThat(television.revoke(television.grants().get(0).key())).isTrue();

            assertThat(there.get()).isEqualTo(LP2PConnection.CloseReason.REVOKED);
            assertThat(here.get()).isEqualTo(LP2PConnection.CloseReason.CLOSED_BY_PEER);
        }
    }

    @Test
    void twoOriginsConnectBothWaysAtOnceAndEachReachesItsOwn() throws Exception {
        Origin chat = new Origin("https://chat.example");
        Origin games = new Origin("https://games.example");
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop " + televisionName);
                LP2PReceiver chatOnTelevision = receiver(television, chat);
                LP2PReceiver gamesOnTelevision = receiver(television, games);
                LP2PReceiver gamesOnLaptop = receiver(laptop, games)) {
            BlockingQueue<String> reached = new LinkedBlockingQueue<>();
            echo(chatOnTelevision, "chat on television", reached);
            echo(gamesOnTelevision, "games on television", reached);
            echo(gamesOnLaptop, "games on laptop", reached);
            consent.wanted = candidate -> candidate.fingerprint().equals(television.fingerprint());
            chatOnTelevision.start().get();
            gamesOnTelevision.start().get();
            LP2PConnection first = request(laptop, chat);
            LP2PConnection second = request(laptop, games);

            consent.wanted = candidate -> candidate.fingerprint().equals(laptop.fingerprint());
            gamesOnLaptop.start().get();
            LP2PConnection back = request(television, games);

            assertThat(greet(first)).isEqualTo("chat on television");
            assertThat(greet(second)).isEqualTo("games on television");
            assertThat(greet(back)).isEqualTo("games on laptop");
            assertThat(reached).hasSize(3);
            assertThat(consent.requests).hasSize(3).allMatch(IncomingRequest::isSameOrigin);
            assertThat(consent.codes).hasValue(1);

            CompletableFuture<LP2PConnection.CloseReason> closed = new CompletableFuture<>();
            first.onClose(closed::complete);
            first.close();
            closed.get();
            assertThat(greet(second)).isEqualTo("games on television");
        }
    }

    @Test
    void anotherOriginNeedsTheUsersChoiceAndNeverRefusesItSilently() throws Exception {
        consent.incoming = Consent.Decision.NEVER;
        Origin chat = new Origin("https://chat.example");
        try (LocalPeerToPeerManager television = start(televisionName, REFUSES_SOON);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = receiver(television, chat)) {
            receiver.start().get();

            for (int time = 1; time <= 2; time++) {
                assertThatThrownBy(() -> request(laptop, new Origin("https://games.example")))
                        .cause()
                        .isInstanceOfSatisfying(LP2PException.class, refused -> assertThat(refused.name())
                                .isEqualTo(LP2PException.Name.NOT_FOUND_ERROR));
            }

            assertThat(consent.requests).singleElement().satisfies(request -> assertThat(request.isSameOrigin())
                    .isFalse());
            assertThat(television.grants()).singleElement().satisfies(grant -> assertThat(grant.decision())
                    .isEqualTo(Grant.Decision.NEVER));
        }
    }

    private static LP2PReceiver receiver(LocalPeerToPeerManager manager, Origin origin) {
        LP2PReceiver receiver = new LP2PReceiver(manager, origin, LP2PReceiverOptions.DEFAULT);
        receiver.onConnection(event -> {});
        return receiver;
    }

    private static void echo(LP2PReceiver receiver, String answer, BlockingQueue<String> reached) {
        receiver.onConnection(event -> {
            reached.add(answer);
            event.connection().onDataChannel(made -> made.channel()
                    .onMessage(data -> made.channel().send(answer)));
        });
    }

    private static LP2PConnection request(LocalPeerToPeerManager manager, Origin origin) throws Exception {
        return new LP2PRequest(manager, origin, LP2PRequestOptions.DEFAULT)
                .start()
                .get();
    }

    private static String greet(LP2PConnection connection) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        LP2PDataChannel channel = connection.createDataChannel("greetings");
        channel.onMessage(data -> answer.complete(((MessageData.Text) data).value()));
        channel.onOpen(() -> channel.send("Good day to you, receiver!"));
        return answer.get();
    }
}
