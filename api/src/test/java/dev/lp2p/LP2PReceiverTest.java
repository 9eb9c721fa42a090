package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.session.SessionCloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LP2PReceiverTest {

    private final ManagerFixture fixture = new ManagerFixture();
    private final InsecureScriptedConsent consent = fixture.consent;
    private final FakeAgent agent = fixture.agent;
    private final FakeSession session = new FakeSession(fingerprint(1), "Phone");
    private final List<LP2PConnection> connections = new ArrayList<>();

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
        allowAdvertising();

        assertThat(started).isCompletedExceptionally();
        assertThat(agent.advertising).isFalse();
    }

    @Test
    void aReceiverStartsOnce() {
        LP2PReceiver receiver = newReceiver();
        receiver.start();

        assertThat(receiver.start()).isCompletedExceptionally();
    }

    @Test
    void aConnectionWaitsForTheUserAndLosesNothingMeanwhile() {
        allowAdvertising();
        newReceiver().start();
        fixture.settle();
        List<String> messages = new ArrayList<>();

        agent.dial(session);
        session.connection.open(0, "chat", "early");
        fixture.settle();
        assertThat(consent.questions).endsWith("incoming Phone");
        assertThat(connections).isEmpty();
        consent.incoming.complete(Consent.Decision.ALLOW_ONCE);
        fixture.settle();

        assertThat(consent.questions).endsWith("connected Phone");
        assertThat(connections).hasSize(1);
        connections.get(0).onDataChannel(event -> event.channel()
                .onMessage(data -> messages.add(ConnectionFixture.text(data))));
        fixture.settle();
        assertThat(messages).containsExactly("early");
    }

    @Test
    void aQuestionAboutAPeerThatLeftGoesAway() {
        allowAdvertising();
        newReceiver().start();
        fixture.settle();
        agent.dial(session);
        fixture.settle();

        session.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.settle();

        assertThat(consent.incoming).isCancelled();
        assertThat(connections).isEmpty();
    }

    @Test
    void aUserWhoDeclinesAndNoReceiverLookAlikeToThePeer() {
        agent.dial(session);
        fixture.settle();
        assertThat(session.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);

        allowAdvertising();
        newReceiver().start();
        fixture.settle();
        FakeSession declined = new FakeSession(fingerprint(2), "Other");
        consent.incoming.complete(Consent.Decision.DECLINE);
        agent.dial(declined);
        fixture.settle();
        assertThat(declined.closed).isEqualTo(SessionCloseReason.CLOSED_HERE);
        assertThat(connections).isEmpty();
    }

    private LP2PReceiver newReceiver() {
        LP2PReceiver receiver = new LP2PReceiver(fixture.manager, new LP2PReceiverOptions("my program"));
        receiver.onConnection(event -> connections.add(event.connection()));
        return receiver;
    }

    private void allowAdvertising() {
        consent.advertising.complete(Consent.Decision.ALLOW_ONCE);
        fixture.settle();
    }
}
