package dev.lp2p.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.peer.KnownPeer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of files are POSIX here")
class StateFolderTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    Path temporary;

    @Test
    void aNewFolderAndEverythingInItBelongsToTheUserAlone() throws IOException {
        Path folder = temporary.resolve("new").resolve("state");

        try (StateFolder state = StateFolder.open(folder);
                StateLock lock = state.lock()) {
            state.peers().put(peer(1, "TV", NOON));

            assertThat(permissions(folder)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(permissions(file))
                        .isEqualTo("rw-------"));
            }
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aFolderThatOthersCanWriteToIsRefusedWithWhatToDo() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwx---"));

        assertThatThrownBy(() -> StateFolder.open(temporary))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("chmod 700 '" + temporary.toRealPath() + "'");
    }

    @Test
    void aFolderOfAnotherUserIsRefused() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("of another"));
        assumeTrue(new UnixSystem().getUid() == 0, "only root can give a folder away");
        Files.setAttribute(folder, "unix:uid", 1);

        assertThatThrownBy(() -> StateFolder.open(folder)).hasMessageContaining("belongs to the user");
    }

    @Test
    void anIdentityThatWasCopiedBackReadableIsClosedToOthers() throws IOException {
        Path identity = Files.writeString(temporary.resolve("identity.p12"), "a key");
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r--r--"));

        StateFolder.open(temporary).close();

        assertThat(permissions(identity)).isEqualTo("rw-------");
    }

    @Test
    void aDatabaseThatOthersCouldReadIsClosedToThem() throws IOException {
        StateFolder.open(temporary).close();
        Path database = temporary.resolve("state.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        StateFolder.open(temporary).close();

        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    @Test
    void aDatabaseThatIsASymbolicLinkIsRefused() throws IOException {
        Path elsewhere = Files.createFile(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(temporary.resolve("state.db"), elsewhere);

        assertThatThrownBy(() -> StateFolder.open(temporary)).hasMessageContaining("not an ordinary file");
    }

    @Test
    void namesOfFoldersMayHoldWhatAnAddressCannot() {
        Path folder = temporary.resolve("Wohnzimmer? #1 %41 größer 📺");

        try (StateFolder state = StateFolder.open(folder)) {
            state.peers().put(peer(1, "TV", NOON));
        }

        assertThat(folder.resolve("state.db")).isNotEmptyFile();
    }

    @Test
    void peersComeBackAfterARestartTheLastSeenFirst() {
        KnownPeer tv = peer(1, "Living Room 📺", NOON);
        KnownPeer phone = peer(2, "Phone", NOON.plusSeconds(60));
        try (StateFolder state = StateFolder.open(temporary)) {
            state.peers().put(peer(1, "Old name", NOON));
            state.peers().put(tv);
            state.peers().put(phone);
        }

        try (StateFolder state = StateFolder.open(temporary)) {
            assertThat(state.peers().list()).containsExactly(phone, tv);
            assertThat(state.peers().find(tv.fingerprint())).contains(tv);
        }
    }

    @Test
    void aPeerForgottenThroughAnotherOpenFolderIsAStrangerAtTheNextLook() {
        KnownPeer tv = peer(1, "TV", NOON);
        try (StateFolder running = StateFolder.open(temporary);
                StateLock lock = running.lock();
                StateFolder command = StateFolder.open(temporary)) {
            running.peers().put(tv);
            assertThat(running.peers().list()).containsExactly(tv);

            assertThat(command.peers().remove(tv.fingerprint())).isTrue();

            assertThat(running.peers().find(tv.fingerprint())).isEmpty();
            assertThat(command.peers().remove(tv.fingerprint())).isFalse();
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aPeerIsKnownAsSoonAsItIsPutAndAStrangerAsSoonAsItIsRemoved() {
        KnownPeer tv = peer(1, "TV", NOON);
        try (StateFolder state = StateFolder.open(temporary)) {
            for (int round = 0; round < 50; round++) {
                state.peers().put(tv);
                assertThat(state.peers().find(tv.fingerprint())).contains(tv);
                assertThat(state.peers().remove(tv.fingerprint())).isTrue();
                assertThat(state.peers().find(tv.fingerprint())).isEmpty();
            }
        }
    }

    @Test
    void aPeerThatIsSeenIsListedSoAfterARestart() {
        try (StateFolder state = StateFolder.open(temporary)) {
            state.peers().put(peer(1, "TV", NOON));
            state.peers().seen(peer(1, "TV", NOON).fingerprint(), "Television", NOON.plusSeconds(60));
        }

        try (StateFolder state = StateFolder.open(temporary)) {
            assertThat(state.peers().list()).containsExactly(peer(1, "Television", NOON.plusSeconds(60)));
        }
    }

    @Test
    void aForgottenPeerThatIsSeenStaysAStranger() {
        KnownPeer tv = peer(1, "TV", NOON);
        try (StateFolder running = StateFolder.open(temporary);
                StateFolder command = StateFolder.open(temporary)) {
            running.peers().put(tv);
            assertThat(running.peers().list()).containsExactly(tv);
            assertThat(command.peers().remove(tv.fingerprint())).isTrue();

            running.peers().seen(tv.fingerprint(), "TV", NOON.plusSeconds(60));

            assertThat(running.peers().list()).isEmpty();
            assertThat(running.peers().find(tv.fingerprint())).isEmpty();
        }
    }

    @Test
    void whoLooksDoesNotWaitForAWriterInAnotherProcess() throws SQLException {
        KnownPeer tv = peer(1, "TV", NOON);
        try (StateFolder state = StateFolder.open(temporary);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("state.db"))) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            state.peers().put(tv);
            state.peers().seen(tv.fingerprint(), "Television", NOON);

            assertThat(state.peers().find(tv.fingerprint())).contains(tv);
            assertThat(state.peers().find(peer(2, "", NOON).fingerprint())).isEmpty();

            other.createStatement().execute("ROLLBACK");
            assertThat(state.peers().list()).containsExactly(peer(1, "Television", NOON));
        }
    }

    @Test
    void theStateTokenAndTheChosenNameStay() {
        String token;
        try (StateFolder state = StateFolder.open(temporary)) {
            token = state.agentState().stateToken();
            assertThat(token).matches("[0-9A-Za-z]{8}");
            assertThat(state.agentState().displayName()).isEmpty();
            state.agentState().setDisplayName("Living Room");
        }

        try (StateFolder state = StateFolder.open(temporary)) {
            assertThat(state.agentState().stateToken()).isEqualTo(token);
            assertThat(state.agentState().displayName()).contains("Living Room");
        }
    }

    @Test
    void theMetadataVersionGrowsWithWhateverTheAgentSaysOfItselfAndOnlyThen() {
        List<AgentInfo> each = List.of(
                info("Living Room", "model", Set.of(1100L), "de"),
                info("Living Room (2)", "model", Set.of(1100L), "de"),
                info("Living Room", "model", Set.of(1100L), "de"),
                info("Living Room", "model 2", Set.of(1100L), "de"),
                info("Living Room", "model 2", Set.of(1100L, 1300L), "de"),
                info("Living Room", "model 2", Set.of(1100L, 1300L), "en"));
        for (int i = 0; i < each.size(); i++) {
            try (StateFolder state = StateFolder.open(temporary)) {
                assertThat(state.agentState().versionOf(each.get(i))).isEqualTo(i + 1);
                assertThat(state.agentState().versionOf(each.get(i))).isEqualTo(i + 1);
            }
            try (StateFolder restarted = StateFolder.open(temporary)) {
                assertThat(restarted.agentState().versionOf(each.get(i))).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void twoFoldersHaveDifferentStateTokens() {
        try (StateFolder one = StateFolder.open(temporary.resolve("1"));
                StateFolder two = StateFolder.open(temporary.resolve("2"))) {
            assertThat(one.agentState().stateToken())
                    .isNotEqualTo(two.agentState().stateToken());
        }
    }

    @Test
    void anIdentityIsUsedOnceInAProcess() {
        try (StateFolder first = StateFolder.open(temporary);
                StateFolder second = StateFolder.open(temporary)) {
            StateLock lock = first.lock();

            assertThatThrownBy(second::lock)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("--state DIR");

            lock.close();
            second.lock().close();
        }
    }

    @Test
    void anIdentityIsUsedOnceOnTheMachine() throws Exception {
        try (StateFolder folder = StateFolder.open(temporary)) {
            StateLock lock = folder.lock();

            assertThat(lockInAnotherProcess())
                    .contains("in use by another process ("
                            + ProcessHandle.current().pid() + ")");

            // Being refused in this process must not let go of what it holds.
            assertThatThrownBy(folder::lock).isInstanceOf(StateException.class);
            assertThat(lockInAnotherProcess()).contains("in use by another process");
            lock.close();
            assertThat(lockInAnotherProcess()).contains("locked");
        }
    }

    @Test
    void aDamagedDatabaseIsToldWithWhatItCostsToStartAnew() throws IOException {
        Files.writeString(
                temporary.resolve("state.db"), "this is no database, but is long enough to look like one".repeat(9));

        assertThatThrownBy(() -> StateFolder.open(temporary))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("state.db is damaged. Move it away");
    }

    @Test
    void aDatabaseWithOverwrittenPagesIsToldAsDamaged() throws IOException {
        try (StateFolder state = StateFolder.open(temporary)) {
            for (int i = 0; i < 200; i++) {
                state.peers().put(peer(i, "A peer with a name of some length", NOON));
            }
        }
        try (RandomAccessFile database =
                new RandomAccessFile(temporary.resolve("state.db").toFile(), "rw")) {
            database.seek(4096);
            database.write(new byte[8192]);
        }

        assertThatThrownBy(() -> StateFolder.open(temporary)).hasMessageContaining("is damaged");
    }

    @Test
    void aDatabaseOfANewerProgramIsLeftAlone() throws Exception {
        StateFolder.open(temporary).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("state.db"))) {
            connection.createStatement().execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> StateFolder.open(temporary)).hasMessageContaining("Update lp2p");
    }

    /** Takes the lock of the folder named by the first argument, and prints how that went. */
    static final class Locker {
        private Locker() {}

        public static void main(String[] arguments) {
            try (StateFolder folder = StateFolder.open(Path.of(arguments[0]));
                    StateLock lock = folder.lock()) {
                System.out.println("locked " + (lock != null));
            } catch (StateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String lockInAnotherProcess() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Locker.class.getName(),
                temporary.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KnownPeer peer(int number, String name, Instant lastSeen) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new KnownPeer(new Fingerprint(Base64.getEncoder().encodeToString(hash)), name, NOON, lastSeen);
    }

    private static AgentInfo info(String name, String model, Set<Long> capabilities, String locale) {
        return new AgentInfo(name, model, capabilities, "abcdefgh", List.of(locale));
    }
}
