package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.ArrayList;
import java.util.List;
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
        fixture.settle();

        assertThat(questions).containsExactly("ask code of Enter •••!", "ask code of Floor 12");
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
