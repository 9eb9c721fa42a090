package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ConnectionCloseReason.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class QuicLimitsTest {

    @Test
    void aClientThatIsAskedToProveItsAddressConnectsAllTheSame() throws Exception {
        QuicLimits alwaysRetry = new QuicLimits(4, 4, 0, 4, 16, 16, 16, 1 << 20, 1 << 20);
        try (TestPeer server = server(alwaysRetry);
                TestPeer client = TestPeer.on("127.0.0.1")) {
            client.dial(server);
            assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @Test
    void aConnectionPastTheCapGetsNoAnswerUntilAnotherEnds() throws Exception {
        QuicLimits one = new QuicLimits(1, 4, 4, 4, 16, 16, 16, 1 << 20, 1 << 20);
        QuicSettings impatient = TestPeer.loopback("127.0.0.1").withHandshakeTimeout(Duration.ofMillis(500));
        try (TestPeer server = server(one);
                TestPeer client = TestPeer.on("127.0.0.1");
                TestPeer second = new TestPeer(TestIdentity.p256(), impatient)) {
            TestConnection first = client.dial(server);
            server.accept();
            assertThatThrownBy(() -> second.dial(server)).isInstanceOf(ExecutionException.class);
            first.close(0, "");
            first.closeReason();
            client.dial(server);
            assertThat(server.accept().connection.peerFingerprint()).isEqualTo(client.identity.fingerprint());
        }
    }

    @Test
    void datagramsFromOutsideTheLinkAreDropped() throws Exception {
        QuicSettings nothingIsOnLink =
                QuicSettings.of(TestPeer.loopback("127.0.0.1").bindAddress(), address -> false);
        QuicSettings impatient = TestPeer.loopback("127.0.0.1").withHandshakeTimeout(Duration.ofMillis(500));
        try (TestPeer server = new TestPeer(TestIdentity.p256(), nothingIsOnLink);
                TestPeer client = new TestPeer(TestIdentity.p256(), impatient)) {
            assertThatThrownBy(() -> client.dial(server)).isInstanceOf(ExecutionException.class);
            assertThat(server.incoming).isEmpty();
        }
    }

    @Test
    void aConnectionWhoseStreamsAreResetWithoutEndIsClosed() throws Exception {
        QuicLimits few = new QuicLimits(4, 4, 4, 4, 16, 16, 10, 1 << 20, 1 << 20);
        try (TestPeer server = server(few);
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestConnection dialled = client.dial(server);
            TestConnection accepted = server.accept();
            for (int i = 0; i < 10; i++) {
                RecordingStream out = dialled.openBidirectional();
                client.runOnLoop(() -> out.stream().write(io.netty.buffer.Unpooled.wrappedBuffer(new byte[1])));
                RecordingStream in = accepted.nextStream();
                in.awaitBytes(1);
                client.runOnLoop(() -> out.stream().reset(1));
                in.resetCode();
            }
            assertThat(accepted.closeReason().kind()).isEqualTo(Kind.TRANSPORT_ERROR);
        }
    }

    private static TestPeer server(QuicLimits limits) throws Exception {
        return new TestPeer(TestIdentity.p256(), TestPeer.loopback("127.0.0.1").withLimits(limits));
    }
}
