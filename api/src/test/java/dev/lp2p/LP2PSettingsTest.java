package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private static LP2PSettings.Builder builder() {
        return LP2PSettings.builder(
                "Test", Path.of("identity.p12"), new InMemoryPeerStore(), new InMemoryMetadataStore());
    }
}
