package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LP2PRequestTest {

    private static final Origin PAGE = new Origin("https://example.com");

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;
    private final FakeAgent agent = fixture.agent;

    @Test
    void theUserChoosesFromAListThatChanges() {
        List<List<String>> shown = new ArrayList<>();
        start();

        requireNonNull(consent.choice)
                .onChange(devices -> shown.add(
                        devices.stream().map(d -> d.name().orElse("?")).toList()));
        fixture.settle();
        agent.find(announced(1, "TV"));
        fixture.settle();
        agent.find(announced(2, "Phone"));
        agent.find(announced(99, "This very device"));
        fixture.settle();
        agent.lose(announced(1, "TV"));
        fixture.settle();

        assertThat(consent.questions).containsExactly("choose for my program");
        assertThat(shown).containsExactly(List.of(), List.of("TV"), List.of("TV", "Phone"), List.of("Phone"));
    }

    @Test
    void theChosenDeviceIsDialledAndTheUserHearsOfTheConnection() {
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));
        assertThat(requireNonNull(agent.dialled).fingerprint()).isEqualTo(fingerprint(1));
        assertThat(agent.discoveries).isEmpty();
        assertThat(connection).isNotDone();

        agent.connecting.complete(new FakeSession(fingerprint(1), "TV"));
        fixture.settle();

        assertThat(connection.join().peer()).isEqualTo(new Peer("TV", fingerprint(1)));
        assertThat(connection.join().createDataChannel("c").id()).isZero();
        assertThat(consent.questions).containsExactly("choose for my program", "connected TV");
    }

    @Test
    void aUserWhoChoosesNothingIsNotAllowed() {
        CompletableFuture<LP2PConnection> connection = start();

        consent.choosing.complete(Optional.empty());
        fixture.settle();

        assertFailed(connection, LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aDeviceThatLeftBeforeItWasChosenIsNotFound() {
        CompletableFuture<LP2PConnection> connection = start();
        agent.find(announced(1, "TV"));
        agent.lose(announced(1, "TV"));

        consent.choosing.complete(Optional.of(ChosenPeer.once(candidate(1))));
        fixture.settle();

        assertFailed(connection, LP2PException.Name.NOT_FOUND_ERROR);
    }

    @Test
    void aFailedAuthenticationKeepsItsCause() {
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));
        OspException cause = new OspException(OspException.Kind.AUTHENTICATION_FAILED, "The code was wrong");

        agent.connecting.completeExceptionally(cause);
        fixture.settle();

        LP2PException failure = assertFailed(connection, LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(failure).hasMessage("The code was wrong").hasCause(cause);
    }

    @Test
    void cancellingTakesTheQuestionAwayAndEndsTheDiscovery() {
        CompletableFuture<LP2PConnection> connection = start();

        connection.cancel(true);
        fixture.settle();

        assertThat(consent.choosing).isCancelled();
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aRequestThatTheProgramGaveUpOtherwiseAsksNoLonger() {
        CompletableFuture<LP2PConnection> connection = start();

        connection.completeExceptionally(new TimeoutException());
        fixture.settle();

        assertThat(consent.choosing).isCancelled();
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void closingTheManagerTakesTheQuestionAwayAndEndsTheRequest() {
        CompletableFuture<LP2PConnection> connection = start();

        fixture.close();

        assertThat(consent.choosing).isCancelled();
        assertFailed(connection, LP2PException.Name.ABORT_ERROR);
        assertFailed(start(), LP2PException.Name.ABORT_ERROR);
    }

    @Test
    void anOriginThatIsBlockedWhileTheUserChoosesIsConnectedToNothing() {
        CompletableFuture<LP2PConnection> connection = start();
        CompletableFuture<LP2PConnection> page = startPage();
        CompletableFuture<Optional<ChosenPeer>> choosing = consent.choosing;
        agent.find(announced(1, "TV"));
        fixture.settle();

        fixture.manager.block(new Origin("lp2p:test"));
        fixture.manager.block(PAGE);
        choosing.complete(Optional.of(ChosenPeer.once(candidate(1))));
        fixture.settle();

        assertThat(agent.dials).isZero();
        assertThat(agent.discoveries).isEmpty();
        assertFailed(connection, LP2PException.Name.NOT_ALLOWED_ERROR);
        assertThat(page).isNotDone();
    }

    @Test
    void aCodeStaysOnTheScreenUntilTheLastRequestForTheDeviceIsCancelled() {
        List<String> dismissed = new ArrayList<>();
        CompletableFuture<LP2PConnection> first = start();
        choose(announced(1, "TV"));
        consent.choosing = new CompletableFuture<>();
        CompletableFuture<LP2PConnection> second = start();
        choose(announced(1, "TV"));
        agent.prompts.showCode(
                new PeerDescription(fingerprint(1), "TV"),
                NumericCode.parse("123").orElseThrow(),
                () -> dismissed.add("code"));
        fixture.settle();

        first.cancel(true);
        fixture.settle();
        assertThat(dismissed).isEmpty();

        second.cancel(true);
        fixture.settle();
        assertThat(dismissed).containsExactly("code");
    }

    @Test
    void closingATransportThatAsksForItsConnectionTakesTheQuestionAway() {
        LP2PQuicTransport transport = new LP2PQuicTransport(new LP2PRequest(fixture.manager));
        fixture.settle();
        assertThat(consent.questions).hasSize(1);

        transport.close();
        fixture.settle();

        assertThat(consent.choosing).isCancelled();
    }

    @Test
    void blockingAnOriginTakesItsPickerOffTheScreen() {
        start();

        fixture.manager.block(new Origin("lp2p:test"));
        fixture.settle();

        assertThat(consent.choosing).isCancelled();
    }

    @Test
    void blockingAnOriginTakesTheCodeOfTheDeviceItChoseOffTheScreen() {
        List<String> dismissed = new ArrayList<>();
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));
        agent.prompts.showCode(
                new PeerDescription(fingerprint(1), "TV"),
                NumericCode.parse("123").orElseThrow(),
                () -> dismissed.add("code"));
        fixture.settle();

        fixture.manager.block(new Origin("lp2p:test"));
        fixture.settle();

        assertThat(dismissed).containsExactly("code");
        assertFailed(connection, LP2PException.Name.NOT_ALLOWED_ERROR);
    }

    @Test
    void cancellingBeforeTheQuestionIsPutAsksNothing() {
        new LP2PRequest(fixture.manager).start().cancel(true);
        fixture.settle();

        assertThat(consent.questions).isEmpty();
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void cancellingWhileConnectingClosesASessionThatComesAllTheSame() {
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));

        connection.cancel(true);
        fixture.settle();
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        agent.connecting.complete(session);
        fixture.advance(PeerSession.LINGER);

        assertThat(session.requested).isEmpty();
        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
        assertThat(consent.questions).doesNotContain("connected TV");
    }

    @Test
    void cancellingWhileThePeerIsAskedClosesAConnectionThatComesAllTheSame() {
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        CompletableFuture<PeerConnection> answer = new CompletableFuture<>();
        session.answer = answer;
        agent.connecting.complete(session);
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));

        connection.cancel(true);
        fixture.settle();
        FakePeerConnection late = new FakePeerConnection(fingerprint(1), true);
        answer.complete(late);
        fixture.settle();

        assertThat(late.closed).isTrue();
        assertThat(consent.questions).doesNotContain("connected TV", "disconnected TV");
    }

    @Test
    void thePeerHearsWhichOriginAsksAndItsNickname() {
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        agent.connecting.complete(session);
        new LP2PRequest(fixture.manager, new Origin("https://example.com"), new LP2PRequestOptions("Chat\u202E 1234"))
                .start();
        fixture.settle();

        choose(announced(1, "TV"));

        assertThat(session.requested).containsExactly("https://example.com Chat •••");
    }

    @Test
    void anybodyWhoDoesNotTakeItThereIsNotFound() {
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        session.answer = CompletableFuture.failedFuture(
                new OspException(OspException.Kind.UNAVAILABLE, "Nothing there takes the connection"));
        agent.connecting.complete(session);
        CompletableFuture<LP2PConnection> connection = start();

        choose(announced(1, "TV"));

        assertFailed(connection, LP2PException.Name.NOT_FOUND_ERROR);
        assertThat(session.closed).isNull();
        fixture.advance(PeerSession.LINGER);
        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void aSessionThatEndsWhileThePeerIsAskedIsDialledOnceMore() {
        fixture.know(1, "TV");
        FakeSession ending = new FakeSession(fingerprint(1), "TV");
        CompletableFuture<PeerConnection> answer = new CompletableFuture<>();
        ending.answer = answer;
        agent.connecting.complete(ending);
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));

        FakeSession fresh = new FakeSession(fingerprint(1), "TV");
        agent.connecting = CompletableFuture.completedFuture(fresh);
        answer.completeExceptionally(new OspException(OspException.Kind.UNAVAILABLE, "The session ended"));
        ending.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.settle();

        assertThat(connection).isCompleted();
        assertThat(agent.dials).isEqualTo(2);
        assertThat(fresh.requested).hasSize(1);
    }

    @Test
    void whereItCannotBeReadWhetherTheDeviceIsStillKnownTheRequestFails() {
        fixture.know(1, "TV");
        FakeSession ending = new FakeSession(fingerprint(1), "TV");
        CompletableFuture<PeerConnection> answer = new CompletableFuture<>();
        ending.answer = answer;
        agent.connecting.complete(ending);
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));

        fixture.peersAreBroken = true;
        answer.completeExceptionally(new OspException(OspException.Kind.UNAVAILABLE, "The session ended"));
        ending.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.settle();

        assertFailed(connection, LP2PException.Name.OPERATION_ERROR);
        assertThat(agent.dials).isEqualTo(1);
    }

    @Test
    void aPageNeverLearnsThatItsQuestionWasDismissed() {
        CompletableFuture<LP2PConnection> page =
                new LP2PRequest(fixture.manager, new Origin("https://example.com"), LP2PRequestOptions.DEFAULT).start();
        fixture.settle();

        consent.choosing.complete(Optional.empty());
        fixture.advance(Duration.ofDays(1));

        assertThat(page).isNotDone();
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aDeviceThatWasGrantedForAlwaysIsMarkedTheNextTimeAndItsGrantIsSeenAsUsed() {
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        agent.connecting.complete(session);
        start();
        agent.find(announced(1, "TV"));
        fixture.settle();
        PeerCandidate chosen = requireNonNull(consent.choice).candidates().get(0);
        assertThat(chosen.granted()).isFalse();
        consent.choosing.complete(Optional.of(new ChosenPeer(chosen, Grant.Lifetime.ALWAYS)));
        fixture.settle();

        consent.choosing = new CompletableFuture<>();
        start();
        agent.find(announced(2, "Phone"));
        agent.find(announced(1, "TV"));
        fixture.settle();

        assertThat(requireNonNull(consent.choice).candidates())
                .extracting(PeerCandidate::fingerprint, PeerCandidate::granted)
                .containsExactly(tuple(fingerprint(1), true), tuple(fingerprint(2), false));
        assertThat(fixture.manager.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.key()).isEqualTo(Grant.Key.outgoing(fingerprint(1), new Origin("lp2p:test")));
            assertThat(grant.lastUsed()).isPresent();
        });
    }

    @Test
    void cancellingWhileACodeIsAskedForTakesThatQuestionAway() {
        List<String> dismissed = new ArrayList<>();
        CompletableFuture<LP2PConnection> connection = start();
        choose(announced(1, "TV"));
        agent.prompts.showCode(
                new PeerDescription(fingerprint(1), "TV"),
                NumericCode.parse("123").orElseThrow(),
                () -> dismissed.add("shown"));
        fixture.settle();

        connection.cancel(true);
        fixture.settle();
        assertThat(dismissed).containsExactly("shown");

        agent.prompts.showCode(
                new PeerDescription(fingerprint(1), "TV"),
                NumericCode.parse("123").orElseThrow(),
                () -> dismissed.add("late"));
        fixture.settle();
        assertThat(dismissed).containsExactly("shown", "late");
        assertThat(consent.questions).containsOnlyOnce("show code to TV");
    }

    private CompletableFuture<LP2PConnection> startPage() {
        CompletableFuture<LP2PConnection> connection =
                new LP2PRequest(fixture.manager, PAGE, LP2PRequestOptions.DEFAULT).start();
        fixture.settle();
        return connection;
    }

    private CompletableFuture<LP2PConnection> start() {
        CompletableFuture<LP2PConnection> connection =
                new LP2PRequest(fixture.manager, new LP2PRequestOptions("my program")).start();
        fixture.settle();
        return connection;
    }

    private void choose(DiscoveredAgent device) {
        agent.find(device);
        fixture.settle();
        consent.choosing.complete(Optional.of(
                ChosenPeer.once(requireNonNull(consent.choice).candidates().get(0))));
        fixture.settle();
    }

    private static PeerCandidate candidate(int number) {
        return new PeerCandidate(Optional.of("TV"), fingerprint(number), false, false, Set.of());
    }

    private static LP2PException assertFailed(CompletableFuture<?> future, LP2PException.Name name) {
        assertThat(future).isCompletedExceptionally();
        LP2PException failure =
                (LP2PException) requireNonNull(future.handle((value, e) -> e).join());
        assertThat(failure.name()).isEqualTo(name);
        return failure;
    }
}
