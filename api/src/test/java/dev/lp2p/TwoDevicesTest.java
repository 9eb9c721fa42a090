package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two managers with real agents, on the loopback interface only. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoDevicesTest {

    private static final int MESSAGES = 500;
    private static final int MESSAGE_BYTES = 64 * 1024;

    @TempDir
    Path temporary;

    private final String televisionName =
            "TV 📺 " + UUID.randomUUID().toString().substring(0, 8);
    private final BlockingQueue<Psk> shown = new LinkedBlockingQueue<>();
    private final AtomicInteger codes = new AtomicInteger();
    private final BlockingQueue<IncomingRequest> requests = new LinkedBlockingQueue<>();
    private volatile Predicate<PeerCandidate> wanted =
            candidate -> candidate.name().equals(Optional.of(televisionName));
    private volatile Grant.Lifetime lifetime = Grant.Lifetime.ONCE;
    private volatile Consent.Decision incoming = Consent.Decision.ALLOW_ONCE;

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

            assertThat(codes).hasValue(1);
            assertThat(laptop.knownPeers()).hasSize(1);
            assertThat(television.knownPeers()).hasSize(1);
        }
    }

    @Test
    void manyLargeMessagesArriveInOrder() throws Exception {
        CompletableFuture<List<Integer>> received = new CompletableFuture<>();
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> collect(made.channel(), received)));
            receiver.start().get();
            LP2PDataChannel channel = open(new LP2PRequest(laptop).start().get().createDataChannel("bulk"));

            for (int i = 0; i < MESSAGES; i++) {
                channel.send(ByteBuffer.allocate(MESSAGE_BYTES).putInt(0, i));
            }
            channel.close();

            assertThat(received.get())
                    .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
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
        incoming = Consent.Decision.ALLOW_ALWAYS;
        lifetime = Grant.Lifetime.ALWAYS;
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            BlockingQueue<LP2PConnection> connections = new LinkedBlockingQueue<>();
            receiver.onConnection(event -> connections.add(event.connection()));
            receiver.start().get();
            new LP2PRequest(laptop).start().get().close();
            connections.take();
            assertThat(requests.take().peer().fingerprint()).isEqualTo(laptop.fingerprint());

            LP2PConnection second = new LP2PRequest(laptop).start().get();
            CompletableFuture<LP2PConnection.CloseReason> there = new CompletableFuture<>();
            CompletableFuture<LP2PConnection.CloseReason> here = new CompletableFuture<>();
            connections.take().onClose(there::complete);
            second.onClose(here::complete);
            assertThat(requests).isEmpty();
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
            wanted = candidate -> candidate.fingerprint().equals(television.fingerprint());
            chatOnTelevision.start().get();
            gamesOnTelevision.start().get();
            LP2PConnection first = request(laptop, chat);
            LP2PConnection second = request(laptop, games);

            wanted = candidate -> candidate.fingerprint().equals(laptop.fingerprint());
            gamesOnLaptop.start().get();
            LP2PConnection back = request(television, games);

            assertThat(greet(first)).isEqualTo("chat on television");
            assertThat(greet(second)).isEqualTo("games on television");
            assertThat(greet(back)).isEqualTo("games on laptop");
            assertThat(reached).hasSize(3);
            assertThat(requests).hasSize(3).allMatch(IncomingRequest::isSameOrigin);
            assertThat(codes).hasValue(1);

            CompletableFuture<LP2PConnection.CloseReason> closed = new CompletableFuture<>();
            first.onClose(closed::complete);
            first.close();
            closed.get();
            assertThat(greet(second)).isEqualTo("games on television");
        }
    }

    @Test
    void anotherOriginNeedsTheUsersChoiceAndNeverRefusesItSilently() throws Exception {
        incoming = Consent.Decision.NEVER;
        Origin chat = new Origin("https://chat.example");
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = receiver(television, chat)) {
            receiver.start().get();

            for (int time = 1; time <= 2; time++) {
                assertThatThrownBy(() -> request(laptop, new Origin("https://games.example")))
                        .cause()
                        .isInstanceOfSatisfying(LP2PException.class, refused -> assertThat(refused.name())
                                .isEqualTo(LP2PException.Name.NOT_FOUND_ERROR));
            }

            assertThat(requests).singleElement().satisfies(request -> assertThat(request.isSameOrigin())
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

    private LocalPeerToPeerManager start(String name) {
        LP2PSettings settings = LP2PSettings.builder(
                        name,
                        temporary.resolve(UUID.randomUUID().toString()),
                        new InMemoryPeerStore(),
                        new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .program("Two Devices")
                .answerTime(Duration.ofSeconds(2))
                .build();
        return LocalPeerToPeerManager.start(settings, new InsecureWillingConsent());
    }

    private static String greet(LP2PConnection connection) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        LP2PDataChannel channel = connection.createDataChannel("greetings");
        channel.onMessage(data -> answer.complete(((MessageData.Text) data).value()));
        channel.onOpen(() -> channel.send("Good day to you, receiver!"));
        return answer.get();
    }

    private static LP2PDataChannel open(LP2PDataChannel channel) throws Exception {
        CompletableFuture<LP2PDataChannel> opened = new CompletableFuture<>();
        channel.onOpen(() -> opened.complete(channel));
        return opened.get();
    }

    private static void collect(LP2PDataChannel channel, CompletableFuture<List<Integer>> received) {
        List<Integer> numbers = new ArrayList<>();
        channel.onMessage(
                data -> numbers.add(((MessageData.Binary) data).value().getInt(0)));
        channel.onClose(() -> received.complete(numbers));
    }

    /** A user who says yes to the device under test, and carries its code from one screen to the other. */
    private final class InsecureWillingConsent implements Consent {

        @Override
        public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
            return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
        }

        @Override
        public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
            CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
            choice.onChange(candidates -> candidates.stream()
                    .filter(candidate -> wanted.test(candidate))
                    .findAny()
                    .ifPresent(candidate -> chosen.complete(Optional.of(new ChosenPeer(candidate, lifetime)))));
            return chosen;
        }

        @Override
        public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
            requests.add(request);
            return CompletableFuture.completedStage(
                    incoming.isAllowed()
                            ? IncomingAnswer.allow(
                                    incoming, request.receivers().get(0).origin())
                            : IncomingAnswer.refuse(incoming));
        }

        @Override
        public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
            codes.incrementAndGet();
            shown.add(code);
            return outcome -> {};
        }

        @Override
        public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
            try {
                answer.enter(shown.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.dismiss();
            }
            return outcome -> {};
        }

        @Override
        public void connected(Peer peer, Origin origin) {}
    }
}
