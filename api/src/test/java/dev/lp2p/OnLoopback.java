package dev.lp2p;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;

/** Managers with real agents, on the loopback interface only, whose user says yes to everything. */
abstract class OnLoopback {

    @TempDir
    Path temporary;

    final String televisionName = "TV 📺 " + UUID.randomUUID().toString().substring(0, 8);
    final InsecureWillingConsent consent = new InsecureWillingConsent(televisionName);

    final LocalPeerToPeerManager start(String name) {
        return start(name, LP2PSettings.DEFAULT_ANSWER_TIME);
    }

    /** A short answer time is for who waits to be refused: on a busy machine it also refuses who would be allowed. */
    final LocalPeerToPeerManager start(String name, Duration answerTime) {
        LP2PSettings settings = LP2PSettings.builder(
                        name,
                        temporary.resolve(UUID.randomUUID().toString()),
                        new InMemoryPeerStore(),
                        new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .program("Two Devices")
                .answerTime(answerTime)
                .build();
        return LocalPeerToPeerManager.start(settings, consent);
    }

    static LP2PDataChannel open(LP2PDataChannel channel) throws Exception {
        CompletableFuture<LP2PDataChannel> opened = new CompletableFuture<>();
        channel.onOpen(() -> opened.complete(channel));
        return opened.get();
    }
}
