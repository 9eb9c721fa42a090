package dev.lp2p.benchmarks;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PReceiver;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Two managers of this process that are connected and authenticated on the loopback interface. */
final class TwoDevices implements AutoCloseable {

    static final String INTERFACE = "lo";

    private final LocalPeerToPeerManager receiving;
    private final LocalPeerToPeerManager sending;
    private final LP2PReceiver receiver;
    private final LP2PConnection sender;
    private final LP2PConnection incoming;

    TwoDevices(Path identities) throws Exception {
        String name = "Benchmark " + UUID.randomUUID();
        InsecureWillingConsent consent = new InsecureWillingConsent(name);
        receiving = start(name, identities.resolve("receiving"), consent);
        sending = start("Sender", identities.resolve("sending"), consent);
        receiver = new LP2PReceiver(receiving);
        CompletableFuture<LP2PConnection> connected = new CompletableFuture<>();
        receiver.onConnection(event -> connected.complete(event.connection()));
        receiver.start().get();
        sender = new LP2PRequest(sending).start().get();
        incoming = connected.get();
    }

    LP2PConnection sender() {
        return sender;
    }

    LP2PConnection receiver() {
        return incoming;
    }

    /** An open channel; its far end goes to {@code farEnd}. */
    LP2PDataChannel openChannel(Consumer<LP2PDataChannel> farEnd) throws Exception {
        incoming.onDataChannel(made -> farEnd.accept(made.channel()));
        LP2PDataChannel channel = sender.createDataChannel("benchmark");
        CompletableFuture<LP2PDataChannel> opened = new CompletableFuture<>();
        channel.onOpen(() -> opened.complete(channel));
        return opened.get();
    }

    /** Makes so many more connections on the session, and gives both ends of each. */
    List<LP2PConnection> connectMore(int count) throws Exception {
        BlockingQueue<LP2PConnection> connected = new LinkedBlockingQueue<>();
        receiver.onConnection(event -> connected.add(event.connection()));
        LP2PRequest request = new LP2PRequest(sending);
        List<LP2PConnection> ends = new ArrayList<>();
        // What is found meanwhile is known: a device announces itself at most once a second.
        AutoCloseable discovery = sending.discover(found -> {});
        for (int i = 0; i < count; i++) {
            ends.add(request.start().get());
            ends.add(connected.take());
        }
        discovery.close();
        return ends;
    }

    @Override
    public void close() {
        receiver.close();
        sending.close();
        receiving.close();
    }

    private static LocalPeerToPeerManager start(String name, Path identity, Consent consent) {
        LP2PSettings settings = LP2PSettings.builder(
                        name, identity, new InMemoryPeerStore(), new InMemoryMetadataStore())
                .interfaces(List.of(INTERFACE))
                .build();
        return LocalPeerToPeerManager.start(settings, consent);
    }

    /** A user who says yes to the one device of this name, and carries its code from one screen to the other. */
    private static final class InsecureWillingConsent implements Consent {

        private final String wanted;
        private final BlockingQueue<Psk> shown = new LinkedBlockingQueue<>();

        InsecureWillingConsent(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
            return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
        }

        @Override
        public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
            CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
            choice.onChange(candidates -> candidates.stream()
                    .filter(candidate -> candidate.name().equals(Optional.of(wanted)))
                    .findAny()
                    .ifPresent(candidate -> chosen.complete(Optional.of(ChosenPeer.once(candidate)))));
            return chosen;
        }

        @Override
        public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
            return CompletableFuture.completedStage(IncomingAnswer.allow(
                    Decision.ALLOW_ONCE, request.receivers().get(0).origin()));
        }

        @Override
        public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
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
