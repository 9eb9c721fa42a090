package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ResumedRequestTest {

    private static final Origin SITE = new Origin("https://example.com");

    private final ManagerFixture fixture = new ManagerFixture();
    private final FakeAgent agent = fixture.agent;

    @Test
    void theDeviceThatWasUsedLastIsConnectedWithoutAQuestion() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        grant(2, Grant.Lifetime.ALWAYS, 200);
        CompletableFuture<LP2PConnection> connection = resume();

        agent.find(announced(1, "Old"));
        agent.find(announced(2, "TV"));
        fixture.settle();
        assertThat(requireNonNull(agent.dialled).fingerprint()).isEqualTo(fingerprint(2));
        assertThat(agent.discoveries).isEmpty();
        agent.connecting.complete(new FakeSession(fingerprint(2), "TV"));
        fixture.settle();

        assertThat(connection.join().peer().fingerprint()).isEqualTo(fingerprint(2));
        assertThat(fixture.consent.questions).containsExactly("connected TV");
    }

    @Test
    void withoutAGrantNothingIsSearchedAndNothingIsFound() {
        fixture.know(1, "TV");

        assertNotFound(resume());
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void theGrantOfAnotherOriginIsNone() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        CompletableFuture<LP2PConnection> connection = new LP2PRequest(
                        fixture.manager, new Origin("https://other.example"), LP2PRequestOptions.DEFAULT)
                .resume();
        fixture.settle();

        assertNotFound(connection);
    }

    @Test
    void aBlockedOriginResumesNothing() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        fixture.manager.block(SITE);

        assertNotFound(resume());
    }

    @Test
    void aDeviceThatDoesNotShowIsNotFoundInTheEnd() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        CompletableFuture<LP2PConnection> connection = resume();
        assertThat(connection).isNotDone();

        fixture.advance(ResumedRequest.SEARCH_TIME.plus(Duration.ofMillis(1)));

        assertNotFound(connection);
        assertThat(agent.discoveries).isEmpty();
    }

    @Test
    void cancellingEndsTheSearch() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        CompletableFuture<LP2PConnection> connection = resume();

        connection.cancel(true);
        fixture.settle();

        assertThat(agent.discoveries).isEmpty();
    }

    private CompletableFuture<LP2PConnection> resume() {
        CompletableFuture<LP2PConnection> connection =
                new LP2PRequest(fixture.manager, SITE, LP2PRequestOptions.DEFAULT).resume();
        fixture.settle();
        return connection;
    }

    private void grant(int device, Grant.Lifetime lifetime, long time) {
        fixture.know(device, "Device " + device);
        fixture.grants.put(new Grant(
                Grant.Key.outgoing(fingerprint(device), SITE),
                Grant.Decision.ALLOW,
                lifetime,
                Instant.EPOCH,
                Optional.of(Instant.ofEpochSecond(time))));
    }

    private static void assertNotFound(CompletableFuture<LP2PConnection> connection) {
        assertThat(connection).isCompletedExceptionally();
        assertThat(connection
                        .handle((done, failure) ->
                                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                        .join())
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.NOT_FOUND_ERROR));
    }
}
