package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LP2PSettingsTest {

    @AfterEach
    void clearProperty() {
        System.clearProperty(LP2PSettings.INTERFACES_PROPERTY);
    }

    @Test
    void whereNeitherProgramNorProcessChoosesAnInterfaceEveryOneIsUsed() {
        assertThat(builder().build().interfaces()).isEmpty();
    }

    @Test
    void theProcessMayChooseTheInterfaces() {
        System.setProperty(LP2PSettings.INTERFACES_PROPERTY, "lo,eth0");

        assertThat(builder().build().interfaces()).containsExactlyInAnyOrder("lo", "eth0");
    }

    @Test
    void theProgramsChoiceGoesBeforeThatOfTheProcess() {
        System.setProperty(LP2PSettings.INTERFACES_PROPERTY, "lo");

        assertThat(builder().interfaces(Set.of()).build().interfaces()).isEmpty();
    }

    static Stream<UnaryOperator<LP2PSettings.Builder>> outOfRange() {
        return Stream.of(
                settings -> settings.port(65_536),
                settings -> settings.port(-1),
                settings -> settings.pskEaseOfInput(101),
                settings -> settings.receiveWindow(0),
                settings -> settings.answerTime(Duration.ZERO),
                settings -> settings.answerTime(Duration.ofSeconds(Long.MAX_VALUE)),
                settings -> settings.idleTime(Duration.ofSeconds(-1)),
                settings -> settings.idleTime(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatCannotBeMeantIsRefusedBeforeAnythingStarts(UnaryOperator<LP2PSettings.Builder> setting) {
        LP2PSettings.Builder settings = setting.apply(builder());
        assertThatThrownBy(settings::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(", not ");
    }

    private static LP2PSettings.Builder builder() {
        return LP2PSettings.builder(
                "Test", Path.of("identity.p12"), new InMemoryPeerStore(), new InMemoryMetadataStore());
    }
}
