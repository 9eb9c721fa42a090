package dev.lp2p.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultLocationTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void linuxFollowsTheDesktopSpecification() {
        assertThat(DefaultLocation.of("Linux", Map.of("XDG_STATE_HOME", "/state"), HOME))
                .isEqualTo(Path.of("/state/lp2p"));
        assertThat(DefaultLocation.of("Linux", Map.of(), HOME)).isEqualTo(HOME.resolve(".local/state/lp2p"));
    }

    @Test
    void aRelativeXdgFolderIsIgnored() {
        assertThat(DefaultLocation.of("Linux", Map.of("XDG_STATE_HOME", "state"), HOME))
                .isEqualTo(HOME.resolve(".local/state/lp2p"));
    }

    @Test
    void macAndWindowsHaveTheirOwnPlaces() {
        assertThat(DefaultLocation.of("Mac OS X", Map.of(), HOME))
                .isEqualTo(HOME.resolve("Library/Application Support/lp2p"));
        assertThat(DefaultLocation.of("Windows 11", Map.of("LOCALAPPDATA", "/local"), HOME))
                .isEqualTo(Path.of("/local/lp2p"));
        assertThat(DefaultLocation.of("Windows 11", Map.of(), HOME)).isEqualTo(HOME.resolve("AppData/Local/lp2p"));
    }
}
