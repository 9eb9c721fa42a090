package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTokensTest {

    private static final byte[] CONNECTION_ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private final SimulatedLoop clock = new SimulatedLoop();
    private final QuicLimits limits = new QuicLimits(3, 2, 1, 2, 1, 1, 1, 1, 1);
    private final Admission admission = new Admission(limits);
    private final RetryTokens tokens = new RetryTokens(admission, clock);
    private InetSocketAddress client;
    private InetSocketAddress other;

    @BeforeEach
    void addresses() throws Exception {
        client = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 77, 0, 1}), 4000);
        other = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 77, 0, 2}), 4000);
    }

    @Test
    void withoutLoadNobodyIsAskedForAToken() {
        assertThat(tokens.writeToken(Unpooled.buffer(), connectionId(), client)).isFalse();
    }

    @Test
    void aTokenBelongsToTheAddressAndPortThatAskedForIt() {
        byte[] token = tokenUnderLoad(client);
        assertThat(validates(token, client)).isTrue();
        assertThat(validates(token, other)).isFalse();
        assertThat(validates(token, new InetSocketAddress(client.getAddress(), 4001)))
                .isFalse();
    }

    @Test
    void aTokenGivesBackTheFirstConnectionId() {
        byte[] token = tokenUnderLoad(client);
        int offset = tokens.validateToken(Unpooled.wrappedBuffer(token), client);
        assertThat(Unpooled.wrappedBuffer(token).skipBytes(offset)).isEqualTo(connectionId());
    }

    @Test
    void aForgedOrChangedTokenIsNoToken() {
        byte[] token = tokenUnderLoad(client);
        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= 1;
            assertThat(validates(changed, client)).as("byte %d", i).isFalse();
        }
        assertThat(validates(new byte[0], client)).isFalse();
        assertThat(validates(new byte[tokens.maxTokenLength() + 1], client)).isFalse();
        assertThat(validates(("quiche" + "0".repeat(50)).getBytes(java.nio.charset.StandardCharsets.US_ASCII), client))
                .isFalse();
    }

    @Test
    void aTokenExpires() {
        byte[] token = tokenUnderLoad(client);
        clock.advance(RetryTokens.LIFETIME);
        assertThat(validates(token, client)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(validates(token, client)).isFalse();
    }

    @Test
    void whoProvedTheAddressIsStillRefusedWhenThereIsNoRoom() {
        byte[] token = tokenUnderLoad(client);
        admission.begun(other.getAddress());
        assertThat(validates(token, client)).as("too many handshakes").isFalse();
        admission.handshakeEnded();
        assertThat(validates(token, client)).isTrue();
        admission.begun(client.getAddress());
        admission.handshakeEnded();
        assertThat(validates(token, client)).as("too many connections").isFalse();
    }

    @Test
    void aSourceWithAllItsConnectionsIsRefusedAlone() {
        byte[] token = tokenUnderLoad(client);
        Admission.Place last = admission.begun(client.getAddress());
        admission.handshakeEnded();
        admission.handshakeEnded();
        assertThat(admission.mustProveAddress(client.getAddress())).isTrue();
        assertThat(validates(token, client)).isFalse();
        assertThat(admission.mustProveAddress(other.getAddress())).isFalse();
        last.free();
        last.free();
        assertThat(validates(token, client)).isTrue();
    }

    /** One unfinished handshake is the load of this test. */
    private byte[] tokenUnderLoad(InetSocketAddress address) {
        admission.begun(client.getAddress());
        ByteBuf out = Unpooled.buffer();
        assertThat(tokens.writeToken(out, connectionId(), address)).isTrue();
        byte[] token = new byte[out.readableBytes()];
        out.readBytes(token);
        return token;
    }

    private boolean validates(byte[] token, InetSocketAddress address) {
        return tokens.validateToken(Unpooled.wrappedBuffer(token), address, connectionId())
                .isValid();
    }

    private static ByteBuf connectionId() {
        return Unpooled.wrappedBuffer(CONNECTION_ID);
    }
}
