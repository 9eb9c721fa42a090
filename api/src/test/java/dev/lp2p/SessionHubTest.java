package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionHubTest {

    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin PROGRAM = new Origin("lp2p:chat");

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;
    private final FakeAgent agent = fixture.agent;
    private final List<LP2PConnection> received = new ArrayList<>();

    @Test
    void originsConnectBothWaysOverOneSession() {
        FakeSession session = agent.dial(1, "TV");
        agent.connecting = CompletableFuture.completedFuture(session);
        receive(SITE);
        consent.incoming.complete(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        session.request(SITE.value());
        fixture.settle();

        LP2PConnection program = connect(PROGRAM);
        LP2PConnection second = connect(PROGRAM);

        assertThat(session.connections).hasSize(3);
        assertThat(List.of(received.get(0), program, second))
                .allSatisfy(
                        connection -> assertThat(connection.readyState()).isEqualTo(LP2PConnection.ReadyState.OPEN));
        program.close();
        fixture.settle();
        assertThat(session.connections)
                .extracting(connection -> connection.closed)
                .containsExactly(false, true, false);
        assertThat(second.createDataChannel("ids are of the connection").id()).isZero();
    }

    @Test
    void aSessionThatNobodyUsesLingersAndThenCloses() {
        FakeSession session = dialled();
        connect(PROGRAM).close();
        fixture.advance(PeerSession.LINGER.minusMillis(1));
        assertThat(session.closed).isNull();

        LP2PConnection next = connect(PROGRAM);
        fixture.advance(PeerSession.LINGER);
        assertThat(session.closed).isNull();

        next.close();
        fixture.advance(PeerSession.LINGER);
        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void aPeerThatDialsAndAsksForNothingIsNotKept() {
        FakeSession session = agent.dial(1, "Phone");

        fixture.advance(PeerSession.LINGER);

        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void theOneConnectionOfAPeerThatDoesNotTellThemApartEndsWithItsSession() {
        FakeSession session = agent.dial(1, "Phone");
        receive(SITE);
        consent.incoming.complete(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
        session.request();
        fixture.settle();

        received.get(0).close();
        fixture.settle();

        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void aQuestionThatIsOpenKeepsTheSession() {
        FakeSession session = agent.dial(1, "Phone");
        receive(SITE);
        session.request(SITE.value());

        fixture.advance(
                LP2PSettings.DEFAULT_ANSWER_TIME.plus(PeerSession.LINGER).minusMillis(1));
        assertThat(session.closed).isNull();
        fixture.advance(Duration.ofMillis(1));
        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void aClosedManagerClosesEverySessionAtOnce() {
        FakeSession used = dialled();
        LP2PConnection connection = connect(PROGRAM);
        FakeSession unused = agent.dial(2, "Phone");

        CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.manager::close);
        while (!closing.isDone()) {
            fixture.settle();
            Thread.onSpinWait();
        }

        assertThat(used.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
        assertThat(unused.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
        assertThat(connection.readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSED);
        assertThat(agent.closed).isTrue();
    }

    @Test
    void theUserHearsOfTheEndOfAConnection() {
        dialled();
        connect(PROGRAM).close();
        fixture.settle();

        assertThat(consent.questions).endsWith("connected TV", "disconnected TV");
    }

    @Test
    void forgettingADeviceRemovesItsGrants() {
        dialled();
        connect(PROGRAM, Grant.Lifetime.ALWAYS);
        assertThat(fixture.manager.grants()).hasSize(1);

        fixture.manager.forget(fingerprint(1));

        assertThat(fixture.manager.grants()).isEmpty();
    }

    private FakeSession dialled() {
        FakeSession session = new FakeSession(fingerprint(1), "TV");
        agent.connecting = CompletableFuture.completedFuture((Session) session);
        return session;
    }

    private LP2PConnection connect(Origin origin) {
        return connect(origin, Grant.Lifetime.ONCE);
    }

    private LP2PConnection connect(Origin origin, Grant.Lifetime lifetime) {
        consent.choosing = new CompletableFuture<>();
        CompletableFuture<LP2PConnection> started =
                new LP2PRequest(fixture.manager, origin, LP2PRequestOptions.DEFAULT).start();
        fixture.settle();
        agent.find(announced(1, "TV"));
        fixture.settle();
        consent.choosing.complete(Optional.of(new Consent.ChosenPeer(
                java.util.Objects.requireNonNull(consent.choice).candidates().get(0), lifetime)));
        fixture.settle();
        assertThat(started).isCompleted();
        return started.join();
    }

    private void receive(Origin origin) {
        fixture.grants.setRule(origin, OriginRule.MAY_ADVERTISE);
        LP2PReceiver receiver = new LP2PReceiver(fixture.manager, origin, LP2PReceiverOptions.DEFAULT);
        receiver.onConnection(event -> received.add(event.connection()));
        receiver.start();
        fixture.settle();
    }
}
