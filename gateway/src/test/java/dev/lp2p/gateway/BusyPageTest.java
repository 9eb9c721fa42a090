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
        try (TwoDevices devices = new TwoDevices(folder, HEARTBEAT, PATIENCE, TestApps.all())) {
            NodeTests.run(
                    "test/real/busy.js",
                    devices,
                    Map.of("LP2P_BUSY_MS", "" + PATIENCE.dividedBy(2).toMillis()));
        }
    }
}
