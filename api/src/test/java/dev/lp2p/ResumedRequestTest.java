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

    @Test
    void howeverManyAreResumedAndCancelledOneThreadReadsAndOnlyWhatIsWanted() {
        for (int i = 0; i < GrantLookUps.MAX_WAITING - 1; i++) {
            resume(SITE).cancel(true);
        }
        CompletableFuture<LP2PConnection> wanted = resume(SITE);
        assertThat(fixture.callbacks.pendingTasks()).isEqualTo(1);

        fixture.settle();

        assertThat(fixture.grantCalls).containsOnlyOnce("list");
        assertNotFound(wanted);
    }

    @Test
    void fewOfAnOriginWaitToBeReadAndMoreAreAnError() {
        for (int i = 0; i < GrantLookUps.MAX_WAITING; i++) {
            resume(SITE).cancel(true);
        }

        assertFails(resume(SITE), LP2PException.Name.OPERATION_ERROR);
        assertThat(resume(new Origin("https://other.example"))).isNotDone();
        fixture.settle();
        assertNotFound(resume());
    }

    @Test
    void aStoreThatCannotBeReadFailsIt() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        fixture.grantsAreBroken = true;

        assertFails(resume(), LP2PException.Name.OPERATION_ERROR);
    }

    @Test
    void aStoreThatCannotBeReadOnTheLoopFailsItToo() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        CompletableFuture<LP2PConnection> connection = resume(SITE);
        fixture.callbacks.runReady();
        fixture.grantsAreBroken = true;
        fixture.settle();

        assertFails(connection, LP2PException.Name.OPERATION_ERROR);
    }

    @Test
    void aStoreThatCannotBeReadOnceTheDeviceAnsweredFailsItToo() {
        grant(1, Grant.Lifetime.ALWAYS, 100);
        CompletableFuture<LP2PConnection> connection = resume();
        agent.find(announced(1, "TV"));
        fixture.settle();
        fixture.grantsAreBroken = true;
        agent.connecting.complete(new FakeSession(fingerprint(1), "TV"));
        fixture.settle();

        assertFails(connection, LP2PException.Name.OPERATION_ERROR);
    }

    private CompletableFuture<LP2PConnection> resume() {
        CompletableFuture<LP2PConnection> connection = resume(SITE);
        fixture.settle();
        return connection;
    }

    /** Before any thread comes to it. */
    private CompletableFuture<LP2PConnection> resume(Origin origin) {
        return new LP2PRequest(fixture.manager, origin, LP2PRequestOptions.DEFAULT).resume();
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
        assertFails(connection, LP2PException.Name.NOT_FOUND_ERROR);
    }

    private static void assertFails(CompletableFuture<LP2PConnection> connection, LP2PException.Name name) {
        assertThat(connection).isCompletedExceptionally();
        assertThat(connection
                        .handle((done, failure) ->
                                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                        .join())
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(name));
    }
}
