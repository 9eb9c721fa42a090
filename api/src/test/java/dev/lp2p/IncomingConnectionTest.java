package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.FakeSession.FakeRequest;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IncomingConnectionTest {

    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin OTHER = new Origin("https://other.example");
    private static final Origin LOCAL = new Origin("http://localhost:8080");
    private static final Duration ANSWER_TIME = LP2PSettings.DEFAULT_ANSWER_TIME;

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;
    private final FakeSession session = fixture.agent.dial(1, "Phone");
    private final List<String> delivered = new ArrayList<>();
    private final List<LP2PConnection> connections = new ArrayList<>();

    @Test
    void aRequestReachesTheReceiverOfTheSameOriginOnceTheUserAllowsIt() {
        receive(OTHER);
        receive(SITE);
        FakeRequest request = request(SITE);
        assertThat(consent.questions).endsWith("incoming Phone to https://example.com");
        assertThat(request.isAnswered()).isFalse();

        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));

        assertThat(request.accepted).isNotNull();
        assertThat(delivered).containsExactly("https://example.com");
        assertThat(consent.questions).endsWith("connected Phone");
    }

    @Test
    void theUserIsToldBothOriginsAndChoosesAmongReceiversOfOthers() {
        receive(OTHER);
        receive(LOCAL);
        FakeRequest request = request(SITE);

        IncomingRequest asked = requireNonNull(consent.request);
        assertThat(asked.isSameOrigin()).isFalse();
        assertThat(asked.claim()).isEqualTo("Phone says this is https://example.com. Only the device is verified.");
        assertThat(asked.nickname()).contains("their program");
        assertThat(asked.receivers())
                .extracting(IncomingRequest.OfferedReceiver::origin)
                .containsExactly(LOCAL, OTHER);
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, OTHER));

        assertThat(request.accepted).isNotNull();
        assertThat(delivered).containsExactly("https://other.example");
    }

    @Test
    void whatEveryMachineHasOfItsOwnIsNeverTheSameOrigin() {
        receive(LOCAL);
        request(LOCAL);

        assertThat(requireNonNull(consent.request).isSameOrigin()).isFalse();
    }

    @Test
    void ofAPeerThatDoesNotTellOriginsApartTheUserIsToldSo() {
        receive(SITE);
        FakeRequest request = session.request();
        fixture.settle();

        assertThat(requireNonNull(consent.request).claim())
                .isEqualTo("Phone does not say for which site or program. Only the device is verified.");
        assertThat(requireNonNull(consent.request).isSameOrigin()).isFalse();
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        assertThat(request.accepted).isNotNull();
    }

    @Test
    void anAnswerForAReceiverThatWasNotOfferedOpensNothing() {
        receive(OTHER);
        receive(SITE);
        FakeRequest request = request(SITE);

        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, OTHER));

        assertThat(request.isAnswered()).isFalse();
    }

    @Test
    void noReceiverDeclinedUnansweredAndNonsenseLookAlikeToThePeerInTime() {
        FakeRequest noReceiver = request(SITE);
        assertRefusedExactlyAtTheAnswerTime(noReceiver);

        receive(SITE);
        FakeRequest unanswered = request(SITE);
        assertRefusedExactlyAtTheAnswerTime(unanswered);
        assertThat(consent.incoming).isCancelled();

        fixture.advance(QuietTimes.LONGEST);
        consent.incoming = CompletableFuture.completedFuture(IncomingAnswer.refuse(Decision.DECLINE));
        assertRefusedExactlyAtTheAnswerTime(request(SITE));
        fixture.advance(QuietTimes.LONGEST);
        consent.incoming = CompletableFuture.completedFuture(IncomingAnswer.refuse(Decision.NEVER));
        assertRefusedExactlyAtTheAnswerTime(request(SITE));

        FakeRequest nonsense = session.request("https://exa mple.com");
        assertRefusedExactlyAtTheAnswerTime(nonsense);
        assertThat(delivered).isEmpty();
    }

    @Test
    void aYesThatComesAfterTheAnswerTimeOpensNothing() {
        receive(SITE);
        FakeRequest request = request(SITE);
        fixture.advance(ANSWER_TIME);

        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));

        assertThat(request.accepted).isNull();
        assertThat(delivered).isEmpty();
    }

    @Test
    void whatIsGrantedForAlwaysIsNotAskedAgainAndOnlyForThatDeviceAndThoseOrigins() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));
        consent.incoming = new CompletableFuture<>();
        long questions = incomingQuestions();

        assertThat(request(SITE).accepted).isNotNull();
        assertThat(delivered).containsExactly("https://example.com", "https://example.com");
        assertThat(incomingQuestions()).isEqualTo(questions);

        assertThat(request(OTHER).accepted).isNull();
        assertThat(incomingQuestions()).isEqualTo(questions + 1);
        FakeSession another = fixture.agent.dial(2, "Other");
        assertThat(another.request(SITE.value()).accepted).isNull();
        fixture.settle();
        assertThat(incomingQuestions()).isEqualTo(questions + 2);
    }

    @Test
    void neverIsRefusedWithoutAPrompt() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.refuse(Decision.NEVER));
        long questions = incomingQuestions();
        fixture.advance(QuietTimes.LONGEST);

        FakeRequest request = request(SITE);

        assertRefusedExactlyAtTheAnswerTime(request);
        assertThat(incomingQuestions()).isEqualTo(questions);
        assertThat(fixture.manager.grants()).singleElement().satisfies(grant -> assertThat(grant.decision())
                .isEqualTo(Grant.Decision.NEVER));
    }

    @Test
    void aGrantForTheSessionEndsWithIt() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_SESSION, SITE));
        consent.incoming = new CompletableFuture<>();
        assertThat(request(SITE).accepted).isNotNull();

        session.end(SessionCloseReason.CLOSED_BY_PEER);
        assertThat(fixture.manager.grants()).isEmpty();

        FakeSession next = fixture.agent.dial(1, "Phone");
        assertThat(next.request(SITE.value()).isAnswered()).isFalse();
    }

    @Test
    void aSessionThatDropsAndComesBackInTimeIsTheSame() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_SESSION, SITE));
        session.end(SessionCloseReason.NETWORK_LOST);
        fixture.advance(LP2PSettings.RECONNECT_TIME.minusSeconds(1));

        FakeSession back = fixture.agent.dial(1, "Phone");
        assertThat(back.request(SITE.value()).accepted).isNotNull();
        fixture.advance(Duration.ofMinutes(1));
        assertThat(fixture.manager.grants()).hasSize(1);

        back.end(SessionCloseReason.NETWORK_LOST);
        fixture.advance(LP2PSettings.RECONNECT_TIME);
        assertThat(fixture.manager.grants()).isEmpty();
    }

    @Test
    void aConnectionThatWasLostWithTheNetworkComesBackOnceWithoutAPromptIfItIsSoon() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        consent.incoming = new CompletableFuture<>();
        session.end(SessionCloseReason.REPLACED);

        FakeSession back = fixture.agent.dial(1, "Phone");
        assertThat(back.request(SITE.value()).accepted).isNotNull();
        assertThat(back.request(SITE.value()).accepted).isNull();
        fixture.settle();
        assertThat(delivered).hasSize(2);

        back.end(SessionCloseReason.NETWORK_LOST);
        fixture.advance(LP2PSettings.RECONNECT_TIME);
        assertThat(fixture.agent.dial(1, "Phone").request(SITE.value()).accepted)
                .isNull();
    }

    @Test
    void aConnectionThatWasLostDoesNotComeBackUnderAGrantThatAnotherProcessRevoked() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));
        session.end(SessionCloseReason.NETWORK_LOST);

        fixture.grants.removeAll(fingerprint(1));

        assertThat(fixture.agent.dial(1, "Phone").request(SITE.value()).accepted)
                .isNull();
    }

    @Test
    void aLostConnectionThatTheProgramClosedDoesNotComeBackWithoutAPrompt() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        session.end(SessionCloseReason.NETWORK_LOST);

        connections.get(0).close();
        fixture.settle();

        assertThat(fixture.agent.dial(1, "Phone").request(SITE.value()).accepted)
                .isNull();
    }

    @Test
    void whatAnotherProcessBlockedClosesAtTheNextCheckAndIsNotReached() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));

        fixture.grants.setRule(SITE, OriginRule.BLOCKED);
        assertThat(request(SITE).accepted).isNull();
        fixture.advance(PeerSession.REVOCATION_CHECK);

        assertThat(connections.get(0).readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSED);
    }

    @Test
    void whatAnotherProcessRevokedClosesAtTheNextCheck() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));

        fixture.grants.removeAll(fingerprint(1));
        fixture.advance(PeerSession.REVOCATION_CHECK);

        assertThat(connections.get(0).readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSED);
    }

    @Test
    void revokingClosesAtOnceWhatIsOpenUnderTheGrantAndNothingElse() {
        receive(SITE);
        receive(OTHER);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));
        consent.incoming = CompletableFuture.completedFuture(IncomingAnswer.allow(Decision.ALLOW_ONCE, OTHER));
        request(OTHER);
        List<String> ends = new ArrayList<>();
        connections.get(0).onClose(reason -> ends.add("first " + reason));
        connections.get(1).onClose(reason -> ends.add("second " + reason));

        boolean held = fixture.manager.revoke(Grant.Key.incoming(fingerprint(1), SITE, Optional.of(SITE)));
        fixture.settle();

        assertThat(held).isTrue();
        assertThat(ends).containsExactly("first REVOKED");
        assertThat(session.connections.get(0).closed).isTrue();
        assertThat(session.connections.get(1).closed).isFalse();
        assertThat(session.closed).isNull();
    }

    @Test
    void revokingEndsTheTransportsOfTheConnectionAlsoThoseThatNobodyTook() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, SITE));
        LP2PConnectionImpl connection = (LP2PConnectionImpl) connections.get(0);
        LP2PQuicTransport taken = new LP2PQuicTransport(connection);
        fixture.settle();
        FakeTransport first = new FakeTransport();
        FakeTransport waiting = new FakeTransport();
        connection.onTransport(first);
        connection.onTransport(waiting);
        fixture.settle();
        assertThat(taken.ready()).isCompleted();

        fixture.manager.revoke(Grant.Key.incoming(fingerprint(1), SITE, Optional.of(SITE)));
        fixture.settle();

        assertThat(taken.closed()).isCompletedExceptionally();
        assertThat(List.of(first, waiting)).allMatch(transport -> transport.refused);
    }

    @Test
    void blockingAnOriginClosesItsConnectionsAndItsReceivers() {
        receive(SITE);
        request(SITE);
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));

        fixture.manager.block(SITE);
        fixture.settle();

        assertThat(connections.get(0).readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSED);
        assertThat(fixture.agent.advertising).isFalse();
        assertThat(request(SITE).isAnswered()).isFalse();
    }

    @Test
    void aQuestionGoesAwayOnceNoReceiverIsLeftAndThePeerIsRefusedInItsTimeAndNotQuiet() {
        LP2PReceiver receiver = receive(SITE);
        FakeRequest request = request(SITE);

        receiver.close();
        fixture.settle();

        assertThat(consent.incoming).isCancelled();
        consent.incoming = new CompletableFuture<>();
        receive(SITE);
        request(SITE);
        receive(OTHER).close();
        fixture.settle();
        assertThat(incomingQuestions()).isEqualTo(2);
        assertThat(consent.incoming).isNotDone();
        assertRefusedExactlyAtTheAnswerTime(request);
    }

    @Test
    void aQuestionAboutAPeerThatLeftGoesAway() {
        receive(SITE);
        request(SITE);

        session.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.settle();

        assertThat(consent.incoming).isCancelled();
        assertThat(delivered).isEmpty();
    }

    @Test
    void whatThePeerSendsBeforeTheUserAnsweredIsNotLost() {
        receive(SITE);
        FakeRequest request = request(SITE);
        request.connection().open(0, "chat", "early");
        answer(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        List<String> messages = new ArrayList<>();

        connections.get(0).onDataChannel(event -> event.channel()
                .onMessage(data -> messages.add(ConnectionFixture.text(data))));
        fixture.settle();

        assertThat(messages).containsExactly("early");
    }

    @Test
    void aPeerHasOneQuestionOnTheScreenAndFewThatWait() {
        receive(SITE);
        receive(OTHER);
        List<FakeRequest> waiting = new ArrayList<>();
        for (int i = 0; i < PeerSession.MAX_WAITING_REQUESTS; i++) {
            waiting.add(request(SITE));
        }
        assertThat(incomingQuestions()).isEqualTo(1);
        assertThat(waiting).noneMatch(FakeRequest::isAnswered);

        assertThat(request(SITE).refused).isTrue();
    }

    @Test
    void whoeverWasDismissedIsQuietForAWhileThatGrowsAlsoIfThePeerTakesItBack() {
        receive(SITE);
        consent.incoming = CompletableFuture.completedFuture(IncomingAnswer.refuse(Decision.DECLINE));
        request(SITE);
        assertThat(incomingQuestions()).isEqualTo(1);
        request(SITE);
        assertThat(incomingQuestions()).isEqualTo(1);

        fixture.advance(QuietTimes.FIRST);
        consent.incoming = new CompletableFuture<>();
        request(SITE);
        assertThat(incomingQuestions()).isEqualTo(2);
        session.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.advance(QuietTimes.FIRST);

        FakeSession again = fixture.agent.dial(1, "Phone");
        again.request(SITE.value());
        fixture.settle();
        assertThat(incomingQuestions()).isEqualTo(2);
        fixture.advance(QuietTimes.FIRST);
        again.request(SITE.value());
        fixture.settle();
        assertThat(incomingQuestions()).isEqualTo(3);
    }

    private void assertRefusedExactlyAtTheAnswerTime(FakeRequest request) {
        fixture.advance(ANSWER_TIME.minusMillis(1));
        assertThat(request.isAnswered()).isFalse();
        fixture.advance(Duration.ofMillis(1));
        assertThat(request.refused).isTrue();
    }

    private FakeRequest request(Origin origin) {
        FakeRequest request = session.request(origin.value());
        fixture.settle();
        return request;
    }

    private LP2PReceiver receive(Origin origin) {
        fixture.grants.setRule(origin, OriginRule.MAY_ADVERTISE);
        LP2PReceiver receiver = new LP2PReceiver(fixture.manager, origin, LP2PReceiverOptions.DEFAULT);
        receiver.onConnection(event -> {
            delivered.add(origin.value());
            connections.add(event.connection());
        });
        receiver.start();
        fixture.settle();
        return receiver;
    }

    private void answer(IncomingAnswer answer) {
        consent.incoming.complete(answer);
        fixture.settle();
    }

    private long incomingQuestions() {
        return consent.questions.stream()
                .filter(question -> question.startsWith("incoming"))
                .count();
    }
}
