package dev.lp2p.osp.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileTest {

    @TempDir
    Path temporary;

    private final SecureRandom random = new SecureRandom();

    @Test
    void keepsTheIdentityOverARestart() throws Exception {
        AgentIdentity created = load("TV");
        AgentIdentity loaded = load("TV");
        assertThat(loaded.certificate()).isEqualTo(created.certificate());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(loaded.privateKey());
        byte[] signed = signature.sign();
        signature.initVerify(created.certificate());
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void aRenameIsKeptSoThatNoSerialNumberIsUsedTwice() throws Exception {
        AgentIdentity first = load("TV");
        AgentIdentity second = load("Radio");
        AgentIdentity third = load("TV");
        assertThat(third.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.serialNumber().value())
                .isGreaterThan(first.serialNumber().value());
        assertThat(third.serialNumber().value())
                .isGreaterThan(second.serialNumber().value());
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        load("TV");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aDamagedFileIsReportedAndLeftAlone() throws Exception {
        load("TV");
        byte[] whole = Files.readAllBytes(file());
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        for (byte[] damaged : new byte[][] {{}, Arrays.copyOf(whole, whole.length / 2), flipped}) {
            Files.write(file(), damaged);
            assertThatIOException()
                    .isThrownBy(() -> load("TV"))
                    .withMessageContaining(file().toString())
                    .withMessageContaining("damaged");
            assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
        }
    }

    private AgentIdentity load(String instanceName) throws IOException {
        return new IdentityFile(file()).loadOrCreate(instanceName, "test", random);
    }

    private Path file() {
        return temporary.resolve("state").resolve("identity.p12");
    }
}
