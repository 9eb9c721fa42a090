package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReconnectionTest {

    private final ManagerFixture fixture = new ManagerFixture();
    private final FakeAgent agent = fixture.agent;
    private final FakeSession session = new FakeSession(fingerprint(1), "TV");
    private final List<LP2PConnection> reconnected = new ArrayList<>();

    @Test
    void aDeviceThatComesBackIsConnectedAgainWithoutAQuestion() {
        LP2PConnection lost = connect(Grant.Lifetime.ONCE);
        long questions = fixture.consent.questions.size();
        loseNetwork();
        assertThat(agent.discoveries).hasSize(1);
        assertThat(agent.dials).isEqualTo(1);

        FakeSession fresh = comeBack();

        assertThat(fresh.requested).containsExactly("lp2p:test");
        assertThat(reconnected).hasSize(1).doesNotContain(lost);
        assertThat(reconnected.get(0).readyState()).isEqualTo(LP2PConnection.ReadyState.OPEN);
        assertThat(agent.discoveries).isEmpty();
        assertThat(fixture.consent.questions.subList((int) questions, fixture.consent.questions.size()))
                .containsExactly("disconnected TV", "connected TV");
    }

    @Test
    void anotherDeviceIsNotTakenForIt() {
        connect(Grant.Lifetime.ONCE);
        loseNetwork();

        agent.find(announced(2, "TV"));
        fixture.settle();

        assertThat(agent.dials).isEqualTo(1);
    }

    @Test
    void aDeviceThatDoesNotAnswerIsTriedAgainAfterPausesThatGrow() {
        connect(Grant.Lifetime.ONCE);
        loseNetwork();
        agent.connecting = CompletableFuture.failedFuture(new OspException(OspException.Kind.UNREACHABLE, "No answer"));
        agent.find(announced(1, "TV"));
        fixture.settle();
        assertThat(agent.dials).isEqualTo(2);

        fixture.advance(Reconnection.FIRST_PAUSE);
        assertThat(agent.dials).isEqualTo(3);
        fixture.advance(Reconnection.FIRST_PAUSE);
        assertThat(agent.dials).isEqualTo(3);
        fixture.advance(Reconnection.FIRST_PAUSE);
        assertThat(agent.dials).isEqualTo(4);

        fixture.advance(LP2PSettings.RECONNECT_TIME);
        int before = agent.dials;
        assertThat(before).isLessThan(20);
        fixture.advance(Duration.ofHours(1));
        assertThat(agent.dials).isEqualTo(before);
        assertThat(agent.discoveries).isEmpty();
        assertThat(reconnected).isEmpty();
    }

    @Test
    void itIsLookedForOnlySoLong() {
        connect(Grant.Lifetime.ONCE);
        loseNetwork();

        fixture.advance(LP2PSettings.RECONNECT_TIME);

        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aListenerThatComesLaterIsTooLate() {
        LP2PConnection lost = connect(Grant.Lifetime.ONCE);
        loseNetwork();
        fixture.advance(LP2PSettings.RECONNECT_TIME.plusMillis(1));

        lost.onReconnect(event -> reconnected.add(event.connection()));
        fixture.settle();

        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aListenerThatIsSetAfterTheReturnMakesNoOtherConnection() {
        LP2PConnection lost = connect(Grant.Lifetime.ONCE);
        loseNetwork();
        FakeSession fresh = comeBack();

        lost.onReconnect(event -> reconnected.add(event.connection()));
        fixture.settle();

        assertThat(agent.discoveries).isEmpty();
        assertThat(fresh.requested).hasSize(1);
    }

    @Test
    void closingTheLostConnectionEndsTheSearch() {
        LP2PConnection lost = connect(Grant.Lifetime.ONCE);
        loseNetwork();

        lost.close();
        fixture.settle();

        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aGrantThatIsRevokedMeanwhileEndsTheSearch() {
        connect(Grant.Lifetime.ALWAYS);
        loseNetwork();

        fixture.manager.revoke(fixture.manager.grants().get(0).key());
        fixture.settle();

        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aGrantThatAnotherProcessRevokedIsNotUsed() {
        connect(Grant.Lifetime.ALWAYS);
        loseNetwork();
        fixture.grants.removeAll(fingerprint(1));

        agent.find(announced(1, "TV"));
        fixture.settle();

        assertThat(agent.dials).isEqualTo(1);
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aDeviceThatWasForgottenIsNotDialledAndOneThatForgotUsAsksNobodyForACode() {
        connect(Grant.Lifetime.ONCE);
        loseNetwork();
        agent.connecting = new CompletableFuture<>();
        agent.find(announced(1, "TV"));
        List<String> dismissed = new ArrayList<>();
        agent.prompts.showCode(
                new PeerDescription(fingerprint(1), "TV"),
                NumericCode.parse("123").orElseThrow(),
                () -> dismissed.add("code"));
        fixture.settle();
        assertThat(dismissed).containsExactly("code");
        assertThat(fixture.consent.questions).noneMatch(question -> question.startsWith("show code"));

        fixture.manager.forget(fingerprint(1));
        fixture.settle();
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void aPeerThatTakesItNoLongerIsLeftAlone() {
        connect(Grant.Lifetime.ONCE);
        loseNetwork();
        FakeSession refusing = new FakeSession(fingerprint(1), "TV");
        refusing.answer = CompletableFuture.failedFuture(new OspException(OspException.Kind.UNAVAILABLE, "No"));
        agent.connecting = CompletableFuture.completedFuture((Session) refusing);

        agent.find(announced(1, "TV"));
        fixture.advance(Duration.ofMinutes(1));

        assertThat(agent.dials).isEqualTo(2);
        assertThat(agent.discoveries).isEmpty();
    }

    private LP2PConnection connect(Grant.Lifetime lifetime) {
        fixture.know(1, "TV");
        agent.connecting.complete(session);
        CompletableFuture<LP2PConnection> started = new LP2PRequest(fixture.manager).start();
        fixture.settle();
        agent.find(announced(1, "TV"));
        fixture.settle();
        PeerCandidate candidate =
                requireNonNull(fixture.consent.choice).candidates().get(0);
        fixture.consent.choosing.complete(Optional.of(new Consent.ChosenPeer(candidate, lifetime)));
        fixture.settle();
        LP2PConnection connection = started.join();
        connection.onReconnect(event -> reconnected.add(event.connection()));
        return connection;
    }

    private void loseNetwork() {
        fixture.settle();
        session.end(SessionCloseReason.NETWORK_LOST);
        fixture.settle();
    }

    private FakeSession comeBack() {
        FakeSession fresh = new FakeSession(fingerprint(1), "TV");
        agent.connecting = CompletableFuture.completedFuture((Session) fresh);
        agent.find(announced(1, "TV"));
        fixture.settle();
        return fresh;
    }
}
