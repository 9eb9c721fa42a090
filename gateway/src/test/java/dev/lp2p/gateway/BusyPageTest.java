package dev.lp2p.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser whose scripts do not answer. */
class BusyPageTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Test
    void aPageThatIsBusyIsThereAfterwardsAndOneThatStaysSoIsGone(@TempDir Path folder) throws Exception {
        GatewaySettings settings = new GatewaySettings(0, TestApps.all(), HEARTBEAT, PATIENCE);
        try (TwoDevices devices = new TwoDevices(folder, settings, settings)) {
            NodeTests.run(
                    "test/real/busy.js",
                    devices,
                    Map.of("LP2P_BUSY_MS", "" + PATIENCE.dividedBy(2).toMillis()));
        }
    }
}
