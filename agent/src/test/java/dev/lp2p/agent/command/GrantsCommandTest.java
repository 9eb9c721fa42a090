package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Grant;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.store.StateFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantsCommandTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin OTHER = new Origin("https://other.example");
    private static final Fingerprint TELEVISION = DeviceMatchTest.device("", 1).fingerprint();
    private static final Fingerprint PHONE = DeviceMatchTest.device("", 2).fingerprint();

    @TempDir
    Path folder;

    @Test
    void whereNothingWasGrantedItSaysSo() {
        assertThat(grants().out()).isEqualTo("Nothing is granted for longer than once.\n");
    }

    @Test
    void grantsAreListedWithBothOriginsAndWhatTheUserDecided() {
        grantSome();

        assertThat(grants().out().lines())
                .anySatisfy(line -> assertThat(line).contains("Living Room", "may reach", SITE.value(), OTHER.value()))
                .anySatisfy(line -> assertThat(line).contains("Phone", "never reaches", SITE.value()))
                .anySatisfy(line -> assertThat(line).contains("Living Room", "is reached by", OTHER.value()))
                .contains("https://other.example: blocked");
        assertThat(grants("--json").out())
                .contains(
                        "{\"event\":\"grant\",\"fingerprint\":\"" + PHONE
                                + "\",\"direction\":\"incoming\",\"origin\":\"" + SITE
                                + "\",\"decision\":\"never\",\"granted\":\"2030-01-01T12:00:00Z\"}",
                        "{\"event\":\"origin-rule\",\"origin\":\"https://other.example\",\"rule\":\"blocked\"}");
    }

    @Test
    void revokingTakesTheGrantsOfOneDevice() {
        grantSome();

        Invocation run = grants("--revoke", "living room");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Withdrew 2 grants of Living Room");
        try (StateFolder state = StateFolder.open(folder)) {
            assertThat(state.grants().list())
                    .singleElement()
                    .satisfies(grant -> assertThat(grant.key().peer()).isEqualTo(PHONE));
        }
        assertThat(grants("--revoke", "Nobody").status()).isEqualTo(3);
    }

    @Test
    void aRuleIsRemoved() {
        grantSome();

        assertThat(grants("--remove", "https://OTHER.example:443").status()).isZero();

        assertThat(grants().out()).doesNotContain("blocked");
        assertThat(grants("--remove", OTHER.value()).status()).isEqualTo(3);
        assertThat(grants("--remove", "nonsense").status()).isEqualTo(3);
    }

    private void grantSome() {
        try (StateFolder state = StateFolder.open(folder)) {
            state.peers().put(new KnownPeer(TELEVISION, "Living Room", NOON, NOON));
            state.peers().put(new KnownPeer(PHONE, "Phone", NOON, NOON));
            put(state, Grant.Key.incoming(TELEVISION, SITE, Optional.of(OTHER)), Grant.Decision.ALLOW);
            put(state, Grant.Key.outgoing(TELEVISION, OTHER), Grant.Decision.ALLOW);
            put(state, Grant.Key.incoming(PHONE, SITE, Optional.empty()), Grant.Decision.NEVER);
            state.grants().setRule(OTHER, OriginRule.BLOCKED);
        }
    }

    private static void put(StateFolder state, Grant.Key key, Grant.Decision decision) {
        state.grants().put(new Grant(key, decision, Grant.Lifetime.ALWAYS, NOON, Optional.empty()));
    }

    private Invocation grants(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "grants";
        all[1] = "--state";
        all[2] = folder.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Invocation.of(all);
    }
}
