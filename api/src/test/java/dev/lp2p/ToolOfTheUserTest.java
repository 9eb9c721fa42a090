package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.ChosenPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Connections that a tool of the user asks for, such as a command line, where the user chooses by themselves. */
class ToolOfTheUserTest {

    private static final Origin DROP = Origin.ofProgram("drop");

    private final ManagerFixture fixture = new ManagerFixture();
    private final List<PeerChoice> choices = new ArrayList<>();
    private CompletableFuture<Optional<ChosenPeer>> choosing = new CompletableFuture<>();

    @Test
    void theUserChoosesInTheToolAndIsAskedNothingElsewhere() {
        CompletableFuture<LP2PConnection> connection = connect();
        fixture.agent.find(announced(1, "TV"));
        fixture.settle();

        choosing.complete(
                Optional.of(ChosenPeer.once(choices.get(0).candidates().get(0))));
        fixture.agent.connecting.complete(new FakeSession(fingerprint(1), "TV"));
        fixture.settle();

        assertThat(connection.join().peer()).isEqualTo(new Peer("TV", fingerprint(1)));
        assertThat(choices.get(0).origin()).isEqualTo(DROP);
        assertThat(fixture.consent.questions).containsExactly("connected TV");
    }

    @Test
    void whoActsByThemselvesIsNeverQuietAndWaitsForNoPage() {
        new LP2PRequest(fixture.manager, DROP, LP2PRequestOptions.DEFAULT).start();
        fixture.settle();
        for (int i = 0; i < 20; i++) {
            choosing = new CompletableFuture<>();
            connect();
            choosing.complete(Optional.empty());
            fixture.settle();
        }

        assertThat(choices).hasSize(20);
    }

    @Test
    void cancellingTakesTheChoiceBackAndEndsTheDiscovery() {
        connect().cancel(true);
        fixture.settle();

        assertThat(choosing).isCancelled();
        assertThat(fixture.agent.discoveries).isEmpty();
    }

    @Test
    void whatTheUserBlockedStaysBlocked() {
        fixture.manager.block(DROP);

        assertThat(connect()).isCompletedExceptionally();

        assertThat(choices).isEmpty();
    }

    private CompletableFuture<LP2PConnection> connect() {
        CompletableFuture<LP2PConnection> connection =
                fixture.manager.connect(DROP, LP2PRequestOptions.DEFAULT, this::choose);
        fixture.settle();
        return connection;
    }

    private CompletionStage<Optional<ChosenPeer>> choose(PeerChoice choice) {
        choices.add(choice);
        return choosing;
    }
}
