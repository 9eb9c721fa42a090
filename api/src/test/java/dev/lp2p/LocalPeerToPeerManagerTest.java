package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.session.SessionCloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalPeerToPeerManagerTest {

    private final ManagerFixture fixture = new ManagerFixture();
    private final List<String> questions = fixture.consent.questions;

    @Test
    void aQuestionForACodeStandsUntilTheAuthenticationEnds() {
        OpenPrompt prompt =
                fixture.agent.prompts.askCode(new PeerDescription(fingerprint(1), "TV\u202E\n"), new NoAnswer());
        assertThat(questions).isEmpty();
        fixture.settle();
        assertThat(questions).containsExactly("ask code of TV");

        prompt.close(Outcome.CANCELLED);
        fixture.settle();

        assertThat(questions).containsExactly("ask code of TV", "stop asking, CANCELLED");
    }

    @Test
    void aNameThatCarriesACodeIsMaskedWhereACodeIsAskedFor() {
        fixture.agent.prompts.askCode(new PeerDescription(fingerprint(1), "Enter 0614-8854 8833!"), new NoAnswer());
        fixture.agent.prompts.askCode(new PeerDescription(fingerprint(1), "Floor 12"), new NoAnswer());
        fixture.agent.prompts.askCode(
                new PeerDescription(fingerprint(1), "1\uFE0F\u20E32\uFE0F\u20E33\uFE0F\u20E3 TV"), new NoAnswer());
        fixture.agent.prompts.askCode(new PeerDescription(fingerprint(1), "06/14_88/54"), new NoAnswer());
        fixture.agent.prompts.askCode(new PeerDescription(fingerprint(1), "\u2460\u2461\u2462"), new NoAnswer());
        fixture.settle();

        assertThat(questions)
                .containsExactly(
                        "ask code of Enter •••!",
                        "ask code of Floor 12",
                        "ask code of ••• TV",
                        "ask code of •••",
                        "ask code of •••");
    }

    @Test
    void theUsersToolSeesTheDevicesOnTheNetworkUntilItHasEnough() throws Exception {
        List<List<PeerCandidate>> lists = new ArrayList<>();
        AutoCloseable discovery = fixture.manager.discover(lists::add);
        fixture.settle();
        fixture.agent.find(ManagerFixture.announced(1, "TV"));
        fixture.settle();
        assertThat(lists).hasSize(2);

        discovery.close();
        fixture.settle();

        assertThat(fixture.agent.discoveries).isEmpty();
    }

    @Test
    void theUserHearsOfTheEndOfAConnectionAfterItsBeginningWhicheverThreadIsFaster() {
        List<Runnable> tasks = new ArrayList<>();
        ManagerFixture threads = new ManagerFixture(callbacks -> tasks::add);
        Origin site = new Origin("https://example.com");
        threads.grants.setRule(site, OriginRule.MAY_ADVERTISE);
        threads.grants.put(new Grant(
                Grant.Key.incoming(fingerprint(1), site, Optional.of(site)),
                Grant.Decision.ALLOW,
                Grant.Lifetime.ALWAYS,
                threads.loop.instant(),
                Optional.empty()));
        LP2PReceiver receiver = new LP2PReceiver(threads.manager, site, LP2PReceiverOptions.DEFAULT);
        receiver.onConnection(event -> {});
        receiver.start();
        threads.loop.runReady();
        FakeSession session = threads.agent.dial(1, "Phone");
        session.request(site.value());
        session.end(SessionCloseReason.CLOSED_BY_PEER);

        while (!tasks.isEmpty()) {
            tasks.remove(tasks.size() - 1).run();
        }

        assertThat(threads.consent.questions).containsExactly("connected Phone", "disconnected Phone");
    }

    private static final class NoAnswer implements CodeAnswer {
        @Override
        public void enter(Psk psk) {}

        @Override
        public void dismiss() {}
    }

    @Test
    void theUserDecidesWhetherThereIsAnotherTryAfterManyWrongCodes() {
        CompletableFuture<Boolean> allowed =
                fixture.agent.prompts.allowAnotherTry(10).toCompletableFuture();
        fixture.settle();
        assertThat(fixture.consent.questions).containsExactly("another attempt after 10");
        assertThat(allowed).isNotDone();

        fixture.consent.anotherAttempt.complete(Consent.Decision.ALLOW_ONCE);
        assertThat(allowed).isCompletedWithValue(true);
    }
}
