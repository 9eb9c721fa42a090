package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionCloseReason.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicConnectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bothEndsLearnWhoseKeyTheOtherHolds(String address) throws Exception {
        try (TestPeer server = TestPeer.on(address);
                TestPeer client = TestPeer.on(address)) {
            TestConnection dialled = client.dial(server);
            TestConnection accepted = server.accept();

            assertThat(dialled.connection.isClient()).isTrue();
            assertThat(dialled.connection.peerFingerprint()).isEqualTo(server.identity.fingerprint());
            assertThat(accepted.connection.isClient()).isFalse();
            assertThat(accepted.connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void anEndpointOnTheWildcardAddressServesBothFamilies(String address) throws Exception {
        try (TestPeer server = TestPeer.on("::");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            var target = new InetSocketAddress(
                    InetAddress.getByName(address), server.address().getPort());
            client.dial(List.of(target), server.identity.fingerprint());
            assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @Test
    void everyHandshakeOfAClientToTheSameServerShowsTheCertificatesAgain() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            for (int i = 0; i < 3; i++) {
                TestConnection dialled = client.dial(server);
                assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
                dialled.close(0, "");
                dialled.closeReason();
            }
        }
    }

    @Test
    void whoAnswersWithAnotherKeyIsTheWrongPeer() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            assertFails(
                    () -> client.dial(
                            List.of(server.address()), TestIdentity.p256().fingerprint()),
                    OspException.Kind.WRONG_PEER);
            assertThat(server.accept().closeReason().kind()).isEqualTo(Kind.TRANSPORT_ERROR);
        }
    }

    @Test
    void theDatesOfACertificateDoNotMatter() throws Exception {
        try (TestPeer server = new TestPeer(TestIdentity.expired(), TestPeer.loopback("127.0.0.1"));
                TestPeer client = new TestPeer(TestIdentity.expired(), TestPeer.loopback("127.0.0.1"))) {
            client.dial(server);
            assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @Test
    void aClientWithAKeyOfAnotherKindIsRefused() throws Exception {
        for (TestIdentity foreign : List.of(TestIdentity.rsa(), TestIdentity.p384())) {
            try (TestPeer server = TestPeer.on("127.0.0.1");
                    TestPeer client = new TestPeer(foreign, TestPeer.loopback("127.0.0.1"))) {
                ConnectionCloseReason reason = client.dial(server).closeReason();
                assertThat(reason.kind()).isEqualTo(Kind.TRANSPORT_ERROR);
                assertThat(reason.errorCode()).isEqualTo(CloseCode.BAD_CERTIFICATE);
                assertThat(server.incoming).isEmpty();
            }
        }
    }

    @Test
    void aServerWithAKeyOfAnotherKindIsNotReached() throws Exception {
        try (TestPeer server = new TestPeer(TestIdentity.rsa(), TestPeer.loopback("127.0.0.1"));
                TestPeer client = TestPeer.on("127.0.0.1")) {
            assertFails(() -> client.dial(server), OspException.Kind.UNREACHABLE);
        }
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                RawQuicClient client = new RawQuicClient()) {
            client.connect(server.address());
            client.awaitClose();
            assertThat(server.incoming).isEmpty();
        }
    }

    @Test
    void theCodeAndReasonOfACloseArriveOnTheOtherSide() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestConnection dialled = client.dial(server);
            TestConnection accepted = server.accept();
            dialled.close(5139, "nothing to keep alive");
            assertThat(accepted.closeReason())
                    .isEqualTo(new ConnectionCloseReason(Kind.PEER, 5139, "nothing to keep alive"));
            assertThat(dialled.closeReason())
                    .isEqualTo(new ConnectionCloseReason(Kind.LOCAL, 5139, "nothing to keep alive"));

            TestConnection second = client.dial(server);
            server.accept().close(404, "");
            assertThat(second.closeReason()).isEqualTo(new ConnectionCloseReason(Kind.PEER, 404, ""));
        }
    }

    @Test
    void aReasonTooLongForAPacketIsCut() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestConnection dialled = client.dial(server);
            dialled.close(1, "long ".repeat(1000));
            ConnectionCloseReason reason = server.accept().closeReason();
            assertThat(reason.kind()).isEqualTo(Kind.PEER);
            assertThat(reason.reason()).startsWith("long long").hasSizeLessThan(1000);
        }
    }

    @Test
    void aPeerThatFallsSilentIsLostAfterTheIdleTimeout() throws Exception {
        QuicSettings impatient = TestPeer.loopback("127.0.0.1").withIdleTimeout(Duration.ofSeconds(2));
        TestPeer server = new TestPeer(TestIdentity.p256(), impatient);
        try (TestPeer client = new TestPeer(TestIdentity.p256(), impatient)) {
            TestConnection dialled = dialWhateverStalls(client, server);
            server.kill();
            assertThat(dialled.closeReason().kind()).isEqualTo(Kind.NETWORK_LOST);
        }
    }

    @Test
    void nobodyAtAnAddressIsUnreachable() throws Exception {
        QuicSettings impatient = TestPeer.loopback("127.0.0.1").withHandshakeTimeout(Duration.ofMillis(300));
        try (TestPeer client = new TestPeer(TestIdentity.p256(), impatient)) {
            var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            assertFails(
                    () -> client.dial(List.of(nobody), TestIdentity.p256().fingerprint()),
                    OspException.Kind.UNREACHABLE);
            assertFails(() -> client.dial(List.of(), TestIdentity.p256().fingerprint()), OspException.Kind.UNREACHABLE);
        }
    }

    @Test
    void theNextAddressIsTriedWhenNobodyAnswersAtTheFirst() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer stranger = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            client.dial(List.of(nobody, stranger.address(), server.address()), server.identity.fingerprint());
            assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @Test
    void anEndpointWithAnotherCertificateOfTheSameKeyKeepsItsFingerprint() throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestIdentity renamed = TestIdentity.p256();
            server.endpoint.setCertificate(renamed.key(), renamed.certificate());
            assertThat(client.dial(List.of(server.address()), renamed.fingerprint())
                            .connection
                            .peerFingerprint())
                    .isEqualTo(renamed.fingerprint());
        }
    }

    /** A machine that keeps one side from its work for the idle timeout ends the handshake, which is not to be tested. */
    private static TestConnection dialWhateverStalls(TestPeer client, TestPeer server) throws Exception {
        for (int stalls = 0; stalls < 5; stalls++) {
            try {
                return client.dial(server);
            } catch (ExecutionException stalled) {
                assertThat(stalled.getCause())
                        .isInstanceOfSatisfying(OspException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(OspException.Kind.UNREACHABLE));
            }
        }
        return client.dial(server);
    }

    private static void assertFails(ThrowingDial dial, OspException.Kind kind) {
        assertThatThrownBy(dial::run)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(OspException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    private interface ThrowingDial {
        void run() throws Exception;
    }
}
