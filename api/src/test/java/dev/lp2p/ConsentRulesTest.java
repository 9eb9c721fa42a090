package dev.lp2p;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConsentRulesTest {

    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin OTHER = new Origin("https://other.example");
    private static final Origin PROGRAM = new Origin("lp2p:chat");

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;

    @Test
    void anOriginHasOneQuestionOnTheScreenAndAnotherOriginItsOwn() {
        CompletableFuture<LP2PConnection> first = request(PROGRAM);
        request(PROGRAM);
        assertThat(consent.questions).containsExactly("choose for lp2p:chat");
        request(OTHER);
        assertThat(consent.questions).containsExactly("choose for lp2p:chat", "choose for https://other.example");

        first.cancel(true);
        consent.choosing = new CompletableFuture<>();
        fixture.settle();

        assertThat(consent.questions)
                .containsExactly("choose for lp2p:chat", "choose for https://other.example", "choose for lp2p:chat");
    }

    @Test
    void fewQuestionsOfAnOriginWaitAndMoreAreAnError() {
        List<CompletableFuture<LP2PConnection>> all = new ArrayList<>();
        for (int i = 0; i < 1 + PromptQueue.MAX_WAITING; i++) {
            all.add(request(SITE));
        }
        assertThat(all).noneMatch(CompletableFuture::isDone);

        CompletableFuture<LP2PConnection> tooMany = request(SITE);

        assertThat(failure(tooMany)).isEqualTo(LP2PException.Name.OPERATION_ERROR);
        assertThat(request(OTHER)).isNotDone();
    }

    @Test
    void afterADismissalNothingIsAskedForAWhileThatGrowsAndWhatWaitedIsDismissedToo() {
        request(PROGRAM);
        CompletableFuture<LP2PConnection> waiting = request(PROGRAM);
        dismiss();
        assertThat(consent.questions).hasSize(1);
        assertThat(failure(waiting)).isEqualTo(LP2PException.Name.NOT_ALLOWED_ERROR);

        fixture.advance(QuietTimes.FIRST);
        request(PROGRAM);
        dismiss();
        assertThat(consent.questions).hasSize(2);
        fixture.advance(QuietTimes.FIRST);
        assertThat(failure(request(PROGRAM))).isEqualTo(LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(consent.questions).hasSize(2);
        request(OTHER);
        assertThat(consent.questions).hasSize(3);

        fixture.advance(QuietTimes.FIRST);
        request(PROGRAM);
        assertThat(consent.questions).hasSize(4);
    }

    @Test
    void theWhileHasALongest() {
        QuietTimes quiet = new QuietTimes(fixture.loop);
        for (int i = 0; i < 100; i++) {
            quiet.dismissed(SITE);
        }

        fixture.loop.advance(QuietTimes.LONGEST.minusMillis(1));
        assertThat(quiet.isQuiet(SITE)).isTrue();
        fixture.loop.advance(Duration.ofMillis(1));
        assertThat(quiet.isQuiet(SITE)).isFalse();
    }

    @Test
    void whatAProgramTakesBackItselfIsNoDismissal() {
        request(PROGRAM).cancel(true);
        fixture.settle();
        consent.choosing = new CompletableFuture<>();

        request(PROGRAM);

        assertThat(consent.questions).hasSize(2);
    }

    @Test
    void aPageThatTakesItsQuestionsBackAgainAndAgainIsQuietFromTheSecondOn() {
        abort(request(SITE));
        abort(request(SITE));
        assertThat(consent.questions).hasSize(2);
        CompletableFuture<LP2PConnection> unasked = request(SITE);
        assertThat(unasked).isNotDone();
        abort(unasked);
        assertThat(consent.questions).hasSize(2);

        fixture.advance(QuietTimes.FIRST);
        abort(receive(SITE));
        assertThat(consent.questions).hasSize(3);
        fixture.advance(QuietTimes.FIRST);
        request(SITE);
        assertThat(consent.questions).as("each doubles it").hasSize(3);
        fixture.advance(QuietTimes.FIRST);
        request(SITE);
        assertThat(consent.questions).hasSize(4);
    }

    @Test
    void aPageMayTakeOneQuestionBackOnceInAWhile() {
        for (int i = 1; i < 4; i++) {
            abort(request(SITE));
            fixture.advance(QuietTimes.ABORTS_ADD_UP);
            assertThat(consent.questions).hasSize(i);
        }
    }

    @Test
    void anAbortMakesNoDismissalForgotten() {
        request(SITE);
        dismiss();
        fixture.advance(QuietTimes.FIRST.plus(QuietTimes.ABORTS_ADD_UP));
        abort(request(SITE));
        request(SITE);
        dismiss();
        assertThat(consent.questions).hasSize(3);

        fixture.advance(QuietTimes.FIRST);
        request(SITE);

        assertThat(consent.questions).hasSize(3);
    }

    @Test
    void whoBlocksASiteInItsQuestionHearsNothingOfItAnyMore() {
        CompletableFuture<LP2PConnection> first = request(SITE);
        CompletableFuture<LP2PConnection> waiting = request(SITE);
        requireNonNull(consent.choice).block();
        fixture.advance(QuietTimes.LONGEST);
        assertThat(consent.choosing).isCancelled();

        CompletableFuture<LP2PConnection> later = request(SITE);
        CompletableFuture<Void> receiver = receive(SITE);

        assertThat(consent.questions).containsExactly("choose for https://example.com");
        assertThat(List.of(first, waiting, later, receiver)).noneMatch(CompletableFuture::isDone);
        assertThat(fixture.manager.originRules()).containsEntry(SITE, OriginRule.BLOCKED);

        fixture.manager.removeRule(SITE);
        consent.choosing = new CompletableFuture<>();
        request(SITE);
        assertThat(consent.questions).hasSize(2);
    }

    @Test
    void aProgramThatIsBlockedIsNotAllowed() {
        fixture.manager.block(PROGRAM);

        assertThat(failure(request(PROGRAM))).isEqualTo(LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(failure(receive(PROGRAM))).isEqualTo(LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(consent.questions).isEmpty();
    }

    @Test
    void neverAdvertisingBlocksTheOriginAndAlwaysIsNotAskedAgain() {
        receive(SITE);
        consent.advertising.complete(Decision.NEVER);
        fixture.settle();
        assertThat(fixture.manager.originRules()).containsEntry(SITE, OriginRule.BLOCKED);

        consent.advertising = CompletableFuture.completedFuture(Decision.ALLOW_ALWAYS);
        assertThat(receive(OTHER)).isCompleted();
        assertThat(receive(OTHER)).isCompleted();

        assertThat(consent.questions)
                .containsExactly("advertise Here for https://example.com", "advertise Here for https://other.example");
    }

    @Test
    void whatAProgramCallsItselfShowsNoCodeAndTurnsNoText() {
        new LP2PRequest(fixture.manager, PROGRAM, new LP2PRequestOptions("Enter\u202E 0614-8854-8833\n")).start();
        fixture.settle();

        assertThat(consent.questions).containsExactly("choose for Enter •••");
    }

    private CompletableFuture<LP2PConnection> request(Origin origin) {
        CompletableFuture<LP2PConnection> started =
                new LP2PRequest(fixture.manager, origin, LP2PRequestOptions.DEFAULT).start();
        fixture.settle();
        return started;
    }

    private CompletableFuture<Void> receive(Origin origin) {
        CompletableFuture<Void> started =
                new LP2PReceiver(fixture.manager, origin, LP2PReceiverOptions.DEFAULT).start();
        fixture.settle();
        return started;
    }

    /** The page takes its question back. */
    private void abort(CompletableFuture<?> started) {
        started.cancel(true);
        fixture.settle();
        consent.choosing = new CompletableFuture<>();
        consent.advertising = new CompletableFuture<>();
    }

    private void dismiss() {
        CompletableFuture<Optional<Consent.ChosenPeer>> open = consent.choosing;
        consent.choosing = new CompletableFuture<>();
        open.complete(Optional.empty());
        fixture.settle();
    }

    private static LP2PException.Name failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return ((LP2PException) requireNonNull(
                        future.handle((value, failure) -> failure).join()))
                .name();
    }
}
