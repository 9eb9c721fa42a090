package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LP2PReceiverTest {

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;
    private final FakeAgent agent = fixture.agent;

    @Test
    void theDeviceIsSeenOnlyOnceTheUserConsents() {
        CompletableFuture<Void> started = newReceiver().start();
        fixture.settle();
        assertThat(consent.questions).containsExactly("advertise Here for my program");
        assertThat(agent.advertising).isFalse();

        allowAdvertising();

        assertThat(agent.advertising).isTrue();
        assertThat(started).isCompleted();
        assertThat(fixture.manager.advertisedName()).contains("Here (2)");
    }

    @Test
    void aUserWhoDeclinesIsNotAllowedAndNothingIsSeen() {
        CompletableFuture<Void> started = newReceiver().start();

        consent.advertising.complete(Consent.Decision.DECLINE);
        fixture.settle();

        assertThat(started).isCompletedExceptionally();
        assertThat(agent.advertising).isFalse();
    }

    @Test
    void theDeviceIsSeenUntilTheLastReceiverCloses() {
        allowAdvertising();
        LP2PReceiver first = newReceiver();
        LP2PReceiver second = newReceiver();
        first.start();
        second.start();
        fixture.settle();

        first.close();
        fixture.settle();
        assertThat(agent.advertising).isTrue();
        second.close();
        fixture.settle();
        assertThat(agent.advertising).isFalse();
        assertThat(fixture.manager.advertisedName()).isEmpty();
    }

    @Test
    void aReceiverClosedBeforeTheUserAnsweredIsNeverSeen() {
        LP2PReceiver receiver = newReceiver();
        CompletableFuture<Void> started = receiver.start();
        fixture.settle();

        receiver.close();
        fixture.settle();
        assertThat(consent.advertising).isCancelled();
        allowAdvertising();

        assertThat(started).isCompletedExceptionally();
        assertThat(agent.advertising).isFalse();
    }

    @Test
    void cancellingAStartTakesTheQuestionAwayAndClosesTheReceiver() {
        LP2PReceiver receiver = newReceiver();
        CompletableFuture<Void> started = receiver.start();
        fixture.settle();

        started.cancel(true);
        fixture.settle();

        assertThat(consent.advertising).isCancelled();
        assertThat(receiver.isClosed()).isTrue();
        assertThat(agent.advertising).isFalse();
    }

    @Test
    void aStartThatTheProgramGaveUpOtherwiseAsksNoLonger() {
        CompletableFuture<Void> started = newReceiver().start();
        fixture.settle();

        started.completeExceptionally(new TimeoutException());
        fixture.settle();

        assertThat(consent.advertising).isCancelled();
    }

    @Test
    void aReceiverThatIsClosedWhileItIsAnnouncedFailsToStart() {
        CompletableFuture<String> announced = new CompletableFuture<>();
        agent.announced = announced;
        LP2PReceiver receiver = newReceiver();
        CompletableFuture<Void> started = receiver.start();
        allowAdvertising();

        receiver.close();
        fixture.settle();
        announced.complete("Here");
        fixture.settle();

        assertThat(started).isCompletedExceptionally();
        assertThat(agent.advertising).isFalse();
        assertThat(fixture.manager.advertisedName()).isEmpty();
    }

    @Test
    void closingTheManagerTakesTheQuestionAwayAndEndsTheStart() {
        CompletableFuture<Void> started = newReceiver().start();
        fixture.settle();

        fixture.close();

        assertThat(consent.advertising).isCancelled();
        assertThat(started).isCompletedExceptionally();
        CompletableFuture<Void> late = newReceiver().start();
        fixture.settle();
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void anOriginThatIsBlockedWhileTheUserIsAskedIsNotSeen() {
        CompletableFuture<Void> started = newReceiver().start();
        fixture.settle();

        fixture.manager.block(new Origin("lp2p:test"));
        consent.advertising.complete(Consent.Decision.ALLOW_ALWAYS);
        fixture.settle();

        assertThat(started).isCompletedExceptionally();
        assertThat(agent.advertising).isFalse();
        assertThat(fixture.grants.rule(new Origin("lp2p:test"))).contains(OriginRule.BLOCKED);
    }

    @Test
    void aReceiverHearsThatTheUserBlockedItsOriginAndNothingOnceItIsClosed() {
        LP2PReceiver receiver = newReceiver();
        LP2PReceiver closed = newReceiver();
        List<String> ends = new ArrayList<>();
        receiver.onClose(why -> ends.add("" + why.name()));
        closed.onClose(why -> ends.add("closed " + why.name()));
        CompletableFuture<Void> started = receiver.start();
        allowAdvertising();
        assertThat(started).isCompleted();

        closed.close();
        fixture.manager.block(new Origin("lp2p:test"));
        fixture.settle();
        fixture.manager.block(new Origin("lp2p:test"));
        fixture.settle();

        assertThat(agent.advertising).isFalse();
        assertThat(ends).containsExactly("NOT_ALLOWED_ERROR");
    }

    @Test
    void closingTheManagerEndsAReceiverThatHasStarted() {
        LP2PReceiver receiver = newReceiver();
        List<LP2PException> ends = new ArrayList<>();
        receiver.onClose(ends::add);
        receiver.start();
        allowAdvertising();

        fixture.close();
        fixture.settle();

        assertThat(ends).hasSize(1);
    }

    @Test
    void cancellingAStartThatHasNotAskedYetAsksNothing() {
        newReceiver().start().cancel(true);
        fixture.settle();

        assertThat(consent.questions).isEmpty();
    }

    @Test
    void aPageNeverLearnsThatItsQuestionWasDismissed() {
        CompletableFuture<Void> started = new LP2PReceiver(
                        fixture.manager, new Origin("https://example.com"), LP2PReceiverOptions.DEFAULT)
                .start();

        consent.advertising.complete(Consent.Decision.DECLINE);
        fixture.settle();

        assertThat(started).isNotDone();
        assertThat(agent.advertising).isFalse();
    }

    @Test
    void aReceiverStartsOnce() {
        LP2PReceiver receiver = newReceiver();
        receiver.start();

        assertThat(receiver.start()).isCompletedExceptionally();
    }

    private LP2PReceiver newReceiver() {
        return new LP2PReceiver(fixture.manager, new LP2PReceiverOptions("my program"));
    }

    private void allowAdvertising() {
        consent.advertising.complete(Consent.Decision.ALLOW_ONCE);
        fixture.settle();
    }
}
