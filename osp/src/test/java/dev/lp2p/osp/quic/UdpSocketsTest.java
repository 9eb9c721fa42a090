package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UdpSocketsTest {

    private static final byte[] MESSAGE = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void thisSystemHasEpoll() {
        assertThat(Epoll.isAvailable()).isTrue();
    }

    @Test
    void nioCarriesAConnectionWhereThereIsNoEpoll() throws Exception {
        var loops = UdpSockets.newLoopGroup("test-nio", NioIoHandler.newFactory());
        try (TestPeer server = new TestPeer(TestIdentity.p256(), TestPeer.loopback("127.0.0.1"), loops);
                TestPeer client = TestPeer.on("127.0.0.1")) {
            assertThat(UdpSockets.channelType(server.loop)).isEqualTo(NioDatagramChannel.class);
            TestConnection dialled = client.dial(server);

            RecordingStream there = dialled.openBidirectional();
            client.runOnLoop(() -> there.stream().write(Unpooled.wrappedBuffer(MESSAGE)));
            RecordingStream back = server.accept().nextStream();
            back.awaitBytes(MESSAGE.length);
            server.runOnLoop(() -> back.stream().write(Unpooled.wrappedBuffer(MESSAGE)));

            there.awaitBytes(MESSAGE.length);
        }
    }
}
