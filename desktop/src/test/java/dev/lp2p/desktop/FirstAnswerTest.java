package dev.lp2p.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent;
import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Consent.Decision;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Appearance;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.testkit.SimulatedLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.swing.JFrame;
import javax.swing.JList;
import org.junit.jupiter.api.Test;

/** A question in a window, and at another place at the same time. */
@OnVirtualDisplay
class FirstAnswerTest {

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();
    private final Elsewhere elsewhere = new Elsewhere();
    private final Consent consent =
            FirstAnswer.of(List.of(new Desktop(clock, () -> Appearance.LIGHT).consent(), elsewhere));

    @Test
    void anAnswerInTheWindowTakesTheQuestionAwayElsewhere() {
        CompletableFuture<Decision> answer =
                consent.allowAdvertising(Samples.advertising()).toCompletableFuture();
        JFrame window = hands.onlyFrame();
        hands.turnTo(window);
        clock.advance(Arming.PAUSE);
        hands.clickButton(window, "Allow");

        assertThat(answer.join()).isEqualTo(Decision.ALLOW_ONCE);
        assertThat(elsewhere.decision).isCancelled();
    }

    @Test
    void anAnswerElsewhereTakesTheWindowAway() {
        CompletableFuture<Decision> answer =
                consent.allowAdvertising(Samples.advertising()).toCompletableFuture();
        hands.onlyFrame();

        elsewhere.decision.complete(Decision.NEVER);

        assertThat(answer.join()).isEqualTo(Decision.NEVER);
        hands.await(() -> hands.frames().isEmpty());
    }

    @Test
    void aPlaceThatFailsAnswersNotForTheOthersUnlessItIsTheLast() {
        Elsewhere first = new Elsewhere();
        Elsewhere last = new Elsewhere();
        CompletableFuture<Decision> answer = FirstAnswer.of(List.of(first, last))
                .allowAdvertising(Samples.advertising())
                .toCompletableFuture();

        first.decision.completeExceptionally(new IllegalStateException("The terminal was closed"));
        assertThat(answer).isNotDone();
        assertThat(last.decision).isNotDone();
        last.decision.completeExceptionally(new IllegalStateException("This one too"));

        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void whoeverTakesAQuestionBackTakesItAwayEverywhere() {
        CompletableFuture<Decision> answer =
                consent.allowAdvertising(Samples.advertising()).toCompletableFuture();
        hands.onlyFrame();

        answer.cancel(true);

        assertThat(elsewhere.decision).isCancelled();
        hands.await(() -> hands.frames().isEmpty());
    }

    @Test
    void theDevicesToChooseFromAreTheSameEverywhere() {
        Samples.Choice choice = new Samples.Choice(Samples.SITE, Optional.empty());
        CompletableFuture<Optional<ChosenPeer>> answer =
                consent.choosePeer(choice).toCompletableFuture();
        JFrame window = hands.onlyFrame();

        choice.set(Samples.known("TV"));

        hands.await(() -> Hands.only(window, JList.class).getModel().getSize() == 1);
        assertThat(elsewhere.candidates).containsExactly(Samples.known("TV"));
        elsewhere.chosen.complete(Optional.of(ChosenPeer.once(Samples.known("TV"))));
        assertThat(answer.join()).contains(ChosenPeer.once(Samples.known("TV")));
        hands.await(() -> hands.frames().isEmpty());
    }

    @Test
    void aCodeGoesAwayEverywhereWithItsAuthentication() {
        OpenPrompt prompt = consent.showCode(Samples.described("TV"), Samples.code("0614-8854-8833"), () -> {});
        hands.onlyFrame();

        prompt.close(Outcome.AUTHENTICATED);

        assertThat(elsewhere.outcome).isCompletedWithValue(Outcome.AUTHENTICATED);
        hands.await(() -> hands.frames().isEmpty());
    }

    /** Where somebody else may answer. */
    private static final class Elsewhere implements Consent {

        final CompletableFuture<Decision> decision = new CompletableFuture<>();
        final CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        volatile List<PeerCandidate> candidates = List.of();

        @Override
        public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
            return decision;
        }

        @Override
        public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
            choice.onChange(now -> candidates = now);
            return chosen;
        }

        @Override
        public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
            throw new AssertionError("Nothing comes in");
        }

        @Override
        public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
            return outcome::complete;
        }

        @Override
        public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
            return outcome::complete;
        }

        @Override
        public void connected(Peer peer, Origin origin) {}
    }
}
