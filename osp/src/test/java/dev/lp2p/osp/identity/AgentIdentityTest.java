package dev.lp2p.osp.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentIdentityTest {

    private final SecureRandom random = new SecureRandom();
    private final AgentIdentity identity = AgentIdentity.create("Living Room", "lp2p, agent 1", random);

    @Test
    void theCertificateHasTheFieldsOfTheSpecification() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(identity.certificate().getEncoded()));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSerialNumber())
                .isEqualTo(identity.serialNumber().value());
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=lp2p\\, agent 1");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + identity.hostname());
        assertThat(certificate.getKeyUsage())
                .as("digitalSignature alone")
                .containsExactly(true, false, false, false, false, false, false, false, false);
        String der = HexFormat.of().formatHex(certificate.getEncoded());
        assertThat(der).contains("301306072a8648ce3d020106082a8648ce3d030107").contains("300a06082a8648ce3d040302");
    }

    @Test
    void theKeyBelongsToTheCertificate() throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(identity.privateKey());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(identity.certificate());
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void theFingerprintIsTheHashOfTheKeyInTheCertificate() throws Exception {
        byte[] key = identity.certificate().getPublicKey().getEncoded();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        assertThat(identity.fingerprint().value()).isEqualTo(hash).hasSize(44);
    }

    @Test
    void anotherNameKeepsTheKeyAndRaisesTheSerialNumber() throws Exception {
        AgentIdentity renamed = identity.withInstanceName("Living Room (2)");
        assertThat(renamed.fingerprint()).isEqualTo(identity.fingerprint());
        assertThat(renamed.serialNumber().value())
                .isGreaterThan(identity.serialNumber().value());
        assertThat(renamed.hostname()).endsWith(".Living-Room--2x.local");
        assertThat(renamed.certificate().getIssuerX500Principal())
                .isEqualTo(identity.certificate().getIssuerX500Principal());
        renamed.certificate().verify(identity.certificate().getPublicKey());
    }

    @Test
    void theSameNamesKeepTheCertificate() {
        assertThat(identity.withNames("Living Room", "lp2p, agent 1")).isSameAs(identity);
        assertThat(identity.withNames("Living Room", "other")).isNotSameAs(identity);
    }

    @Test
    void twoAgentsHaveNothingInCommon() {
        AgentIdentity other = AgentIdentity.create("Living Room", "lp2p, agent 1", random);
        assertThat(other.fingerprint()).isNotEqualTo(identity.fingerprint());
        assertThat(other.serialNumber()).isNotEqualTo(identity.serialNumber());
        assertThat(other.hostname()).isNotEqualTo(identity.hostname());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Living Room",
                "",
                "-",
                "--",
                "-a-",
                "客厅",
                "📺 TV",
                "a.b_c",
                "x\u0000",
                "0123456789012345678901234567890123456789012345678901234567890123456789",
                "éééééééééééééééééééééééééééééé",
                "xn--a"
            })
    void everyInstanceNameGivesAHostnameThatTlsTakes(String instanceName) {
        for (String serial : new String[] {identity.serialNumber().base64(), "-+/_==", "", "ä b"}) {
            String hostname = AgentHostname.of(serial, instanceName);
            assertThat(new SNIHostName(hostname).getAsciiName()).isEqualTo(hostname);
            assertThat(hostname.split("\\.")).hasSize(3);
        }
    }

    @Test
    void theHostnameFollowsTheSpecificationWhereThatIsLegal() {
        assertThat(AgentHostname.of("Aab+D/dEfGhIjKlMnOpQrStUvWx=", "Living Room"))
                .isEqualTo("Aab-D-dEfGhIjKlMnOpQrStUvWx.Living-Room.local");
        String label = identity.hostname().substring(0, identity.hostname().indexOf('.'));
        assertThat(Base64.getUrlDecoder().decode(label))
                .isEqualTo(Base64.getDecoder().decode(identity.serialNumber().base64()));
    }

    @Test
    void serialNumbersArePositiveLegalLabelsOf20OctetsAndOnlyGrow() {
        for (int agent = 0; agent < 20; agent++) {
            SerialNumber serial = SerialNumber.first(random);
            assertThat(serial.counter()).isEqualTo(1);
            for (int i = 0; i < 300; i++) {
                assertThat(serial.value().signum()).isPositive();
                assertThat(serial.value().toByteArray()).hasSize(20);
                String label = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(serial.value().toByteArray());
                assertThat(label).matches("[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]");
                SerialNumber next = serial.next();
                assertThat(next.value()).isGreaterThan(serial.value());
                assertThat(SerialNumber.of(next.value())).isEqualTo(next);
                serial = next;
            }
        }
    }

    @Test
    void aModelNameIsNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> AgentIdentity.create("a", " ", random));
    }

    @Test
    void aFingerprintIsTakenWholeOrNotAtAll() {
        String value = identity.fingerprint().value();
        assertThat(new Fingerprint(value)).isEqualTo(identity.fingerprint());
        for (String other : List.of(value.substring(0, 43), value.substring(0, 8), "", "*".repeat(44))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint(other));
        }
    }
}
