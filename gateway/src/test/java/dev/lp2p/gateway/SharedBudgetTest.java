package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBudgetTest {

    private static final long PART = Limits.ALL_HELD_BYTES / 8;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPeerToPeerManager manager;

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Budgets budgets = new Budgets(loop.eventLoop());

    @BeforeAll
    static void start() {
        manager = LocalPeerToPeerManager.start(
                LP2PSettings.builder(
                                "Here", folder.resolve("key"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                        .interfaces(List.of("lo"))
                        .build(),
                new InsecureWillingConsent("nobody", new LinkedBlockingQueue<>()));
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void aPageOfTheSiteThatHoldsMostIsCutOffAndNotTheLargestOfAnother() {
        Page small = new Page("https://a.evil.example");
        Page large = new Page("https://b.evil.example");
        Page honest = new Page("https://honest.example");
        small.session.hold(2 * PART);
        honest.session.hold(4 * PART);
        large.session.hold(3 * PART);
        loop.runPendingTasks();

        assertThat(large.isCutOff()).isTrue();
        assertThat(small.isCutOff()).isFalse();
        assertThat(honest.isCutOff()).isFalse();
    }

    @Test
    void whatWasHeldForAPageThatIsGoneIsHeldNoMore() {
        Page gone = new Page("https://gone.example");
        Page stays = new Page("https://stays.example");
        gone.session.hold(6 * PART);
        gone.session.holdUntaken(6 * PART);
        gone.session.end();
        gone.session.hold(-PART);
        stays.session.hold(6 * PART);
        stays.session.holdUntaken(6 * PART);
        loop.runPendingTasks();

        assertThat(stays.isCutOff()).isFalse();
    }

    private final class Page {

        private final EmbeddedChannel socket = new EmbeddedChannel();
        private final PageSession session;

        Page(String site) {
            session = new PageSession(
                    manager,
                    new Origin(site),
                    loop.eventLoop(),
                    new PageLink(socket),
                    Limits.HELD_BYTES,
                    Limits.DRAINING_TIME,
                    budgets);
        }

        boolean isCutOff() {
            socket.runPendingTasks();
            boolean isSaidTo = !socket.outboundMessages().isEmpty();
            socket.finishAndReleaseAll();
            return isSaidTo;
        }
    }
}
