package dev.lp2p;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A television and a phone with real agents on the loopback interface, whose user says yes to everything. */
final class DevicePair implements AutoCloseable {

    final LocalPeerToPeerManager television;
    final LocalPeerToPeerManager phone;
    private final String televisionName = "TV " + UUID.randomUUID().toString().substring(0, 8);
    private final BlockingQueue<Psk> shown = new LinkedBlockingQueue<>();

    DevicePair(Path folder) {
        television = start(televisionName, folder.resolve("television"));
        phone = start("Phone", folder.resolve("phone"));
    }

    /** A connection that the phone asked for and the television's receiver took: the phone's end, then the television's. */
    LP2PConnection[] connect() throws Exception {
        LP2PReceiver receiver = new LP2PReceiver(television);
        CompletableFuture<LP2PConnection> incoming = new CompletableFuture<>();
        receiver.onConnection(event -> incoming.complete(event.connection()));
        receiver.start().get();
        LP2PConnection outgoing = new LP2PRequest(phone).start().get();
        return new LP2PConnection[] {outgoing, incoming.get()};
    }

    @Override
    public void close() {
        phone.close();
        television.close();
    }

    private LocalPeerToPeerManager start(String name, Path identity) {
        LP2PSettings settings = LP2PSettings.builder(
                        name, identity, new InMemoryPeerStore(), new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .build();
        return LocalPeerToPeerManager.start(settings, new InsecureWillingConsent());
    }

    private final class InsecureWillingConsent implements Consent {

        @Override
        public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
            return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
        }

        @Override
        public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
            CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
            choice.onChange(candidates -> candidates.stream()
                    .filter(candidate -> candidate.name().equals(Optional.of(televisionName)))
                    .findAny()
                    .ifPresent(
                            candidate -> chosen.complete(Optional.of(new ChosenPeer(candidate, Grant.Lifetime.ONCE)))));
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
