package dev.lp2p.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Grant;
import dev.lp2p.Grant.Decision;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.GrantStore;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteGrantStoreTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin OTHER = new Origin("https://other.example");

    @TempDir
    Path temporary;

    @Test
    void whatTheUserDecidedIsThereTheNextTime() {
        Grant always = grant(Grant.Key.incoming(peer(1), SITE, Optional.of(SITE)), Decision.ALLOW);
        Grant never = grant(Grant.Key.incoming(peer(1), SITE, Optional.of(OTHER)), Decision.NEVER);
        Grant unclaimed = grant(Grant.Key.incoming(peer(1), SITE, Optional.empty()), Decision.ALLOW);
        Grant outgoing = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
            List.of(always, never, unclaimed, outgoing).forEach(state.grants()::put);
            assertThat(state.grants().find(always.key())).contains(always);
        }

        try (StateFolder state = StateFolder.open(temporary)) {
            GrantStore grants = state.grants();
            assertThat(grants.list()).containsExactlyInAnyOrder(always, never, unclaimed, outgoing);
            assertThat(grants.find(always.key())).contains(always);
            assertThat(grants.find(never.key())).contains(never);
            assertThat(grants.find(unclaimed.key())).contains(unclaimed);
            assertThat(grants.find(outgoing.key())).contains(outgoing);
            assertThat(grants.find(Grant.Key.incoming(peer(2), SITE, Optional.of(SITE))))
                    .isEmpty();
        }
    }

    @Test
    void aGrantIsRememberedAsUsed() {
        Grant grant = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
            state.grants().put(grant);

            state.grants().used(grant.key(), NOON.plusSeconds(5));

            assertThat(state.grants().list()).containsExactly(grant.used(NOON.plusSeconds(5)));
        }
    }

    @Test
    void aPeerThatConnectsFasterThanTheDiskWritesIsWrittenAsOftenAsTheDiskAllows() throws Exception {
        Grant grant = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("state.db"));
                Statement statement = other.createStatement()) {
            know(state, 1);
            state.grants().put(grant);
            state.grants().list();
            statement.execute("CREATE TABLE written (at)");
            statement.execute(
                    "CREATE TRIGGER used AFTER UPDATE ON peer_grant BEGIN INSERT INTO written VALUES (1); END");

            statement.execute("BEGIN IMMEDIATE");
            for (int i = 1; i <= 100; i++) {
                state.grants().used(grant.key(), NOON.plusSeconds(i));
            }
            statement.execute("COMMIT");

            assertThat(state.grants().list()).containsExactly(grant.used(NOON.plusSeconds(100)));
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM written")) {
                assertThat(count.next()).isTrue();
                assertThat(count.getInt(1)).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void whatIsRevokedHoldsNoLongerInAnotherProcessNeither() {
        Grant grant = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary);
                StateFolder elsewhere = StateFolder.open(temporary)) {
            know(state, 1);
            state.grants().put(grant);
            assertThat(state.grants().list()).hasSize(1);

            assertThat(elsewhere.grants().remove(grant.key())).isTrue();

            assertThat(state.grants().find(grant.key())).isEmpty();
            assertThat(elsewhere.grants().remove(grant.key())).isFalse();
        }
    }

    @Test
    void forgettingAPeerRemovesItsGrantsAndNoOthers() {
        Grant first = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        Grant second = grant(Grant.Key.outgoing(peer(2), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
            know(state, 2);
            state.grants().put(first);
            state.grants().put(second);

            state.peers().remove(peer(1));

            assertThat(state.grants().list()).containsExactly(second);
            assertThat(state.grants().find(first.key())).isEmpty();
        }
    }

    @Test
    void aGrantThatComesAfterItsPeerWasForgottenIsNotKept() {
        Grant late = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
            state.peers().remove(peer(1));

            state.grants().put(late);

            assertThat(state.grants().list()).isEmpty();
            assertThat(state.grants().find(late.key())).isEmpty();
        }
    }

    @Test
    void aPeerThatIsAuthenticatedAgainKeepsItsGrants() {
        Grant grant = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
            state.grants().put(grant);

            know(state, 1);

            assertThat(state.grants().list()).containsExactly(grant);
        }
    }

    @Test
    void aRuleForAnOriginHoldsUntilItIsRemoved() {
        try (StateFolder state = StateFolder.open(temporary)) {
            state.grants().setRule(OTHER, OriginRule.MAY_ADVERTISE);
            state.grants().setRule(SITE, OriginRule.MAY_ADVERTISE);
            state.grants().setRule(SITE, OriginRule.BLOCKED);
            assertThat(state.grants().rule(SITE)).contains(OriginRule.BLOCKED);
        }
        try (StateFolder state = StateFolder.open(temporary)) {
            assertThat(state.grants().rules())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(SITE, OriginRule.BLOCKED, OTHER, OriginRule.MAY_ADVERTISE));

            assertThat(state.grants().removeRule(SITE)).isTrue();

            assertThat(state.grants().rule(SITE)).isEmpty();
            assertThat(state.grants().rule(OTHER)).contains(OriginRule.MAY_ADVERTISE);
            assertThat(state.grants().removeRule(SITE)).isFalse();
        }
    }

    @Test
    void aDatabaseOfTheFirstVersionKeepsItsPeersAndGetsTheNewTables() throws Exception {
        try (StateFolder state = StateFolder.open(temporary)) {
            know(state, 1);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("state.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER forget_grants");
            statement.execute("DROP TABLE peer_grant");
            statement.execute("DROP TABLE origin_rule");
            statement.execute("PRAGMA user_version = 1");
        }

        try (StateFolder state = StateFolder.open(temporary)) {
            Grant grant = grant(Grant.Key.outgoing(peer(1), SITE), Decision.ALLOW);
            state.grants().put(grant);

            assertThat(state.peers().list()).hasSize(1);
            assertThat(state.grants().list()).containsExactly(grant);
        }
    }

    private static void know(StateFolder state, int number) {
        state.peers().put(new KnownPeer(peer(number), "TV", NOON, NOON));
    }

    private static Grant grant(Grant.Key key, Decision decision) {
        return new Grant(key, decision, Lifetime.ALWAYS, NOON, Optional.empty());
    }

    private static Fingerprint peer(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    }
}
