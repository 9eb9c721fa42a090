package dev.lp2p;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A television and a phone with real agents on the loopback interface, whose user says yes to everything. */
final class DevicePair implements AutoCloseable {

    final LocalPeerToPeerManager television;
    final LocalPeerToPeerManager phone;
    private final String televisionName = "TV " + UUID.randomUUID().toString().substring(0, 8);
    private final InsecureWillingConsent consent = new InsecureWillingConsent(televisionName);

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
        return LocalPeerToPeerManager.start(settings, consent);
    }
}
