package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.datachannel.RecordingChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLightTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void twoStrangersAuthenticateAndOpenADataChannel(long seed) {
        Rig rig = new Rig(seed);
        rig.laptop.easeOfInput = 100;
        rig.dial();
        rig.settle();
        assertThat(rig.television.prompts.isShowing()).isTrue();
        assertThat(rig.television.prompts.peers)
                .extracting(peer -> peer.unverifiedName())
                .containsExactly("Laptop");
        assertThat(rig.laptop.prompts.isAsking()).isTrue();

        rig.laptop.prompts.enter(rig.television.prompts.lastShown());
        rig.settle();
        assertThat(rig.laptop.sessions).hasSize(1);
        assertThat(rig.television.sessions).hasSize(1);
        assertThat(rig.laptop.hasKnown(rig.television)).isTrue();
        assertThat(rig.television.hasKnown(rig.laptop)).isTrue();

        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        RecordingChannel here = new RecordingChannel();
        DataChannel channel = rig.laptop.connection().openDataChannel(0, "files", "drop", here);
        channel.send(DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode("hello")));
        rig.settle();
        RecordingChannel there = rig.television.incoming.get(0);
        there.channel().send(DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode("welcome")));
        rig.settle();
        channel.close();
        rig.settle();

        assertThat(there.channel().label()).isEqualTo("files");
        assertThat(there.channel().protocol()).isEqualTo("drop");
        assertThat(there.events).containsExactly("STRING hello", "closing", "CLOSED");
        assertThat(here.events).containsExactly("open", "STRING welcome", "CLOSED");
        assertThat(rig.leakedBytes()).isZero();
    }
}
