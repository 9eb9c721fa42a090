package dev.lp2p.desktop.window;

import static dev.lp2p.desktop.Samples.granted;
import static dev.lp2p.desktop.Samples.known;
import static dev.lp2p.desktop.Samples.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.PeerCandidate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceRowsTest {

    private static final PeerCandidate PHONE = stranger("Phone");
    private static final PeerCandidate TV = known("TV");
    private static final PeerCandidate LAPTOP = granted("Laptop");

    private final DeviceRows rows = new DeviceRows();

    @Test
    void whereNobodyPointsTheRowsStandInTheManagersOrder() {
        rows.update(List.of(PHONE, TV), true);
        assertThat(rows.update(List.of(LAPTOP, PHONE), true)).containsExactly(there(LAPTOP), there(PHONE));
    }

    @Test
    void underThePointerANewRowComesBelowTheOthers() {
        rows.update(List.of(PHONE, TV), true);
        assertThat(rows.update(List.of(LAPTOP, PHONE, TV), false))
                .containsExactly(there(PHONE), there(TV), there(LAPTOP));
    }

    @Test
    void underThePointerADeviceThatLeftKeepsItsRowAndOneThatComesBackTakesItAgain() {
        rows.update(List.of(PHONE, TV), true);
        assertThat(rows.update(List.of(TV), false)).containsExactly(new DeviceRow(PHONE, false), there(TV));
        assertThat(rows.update(List.of(TV, PHONE), false)).containsExactly(there(PHONE), there(TV));
    }

    @Test
    void whoCallsItselfLikeADeviceThatLeftDoesNotGetItsRow() {
        rows.update(List.of(PHONE, TV), true);
        PeerCandidate imposter = stranger("another key, but still: TV");
        PeerCandidate named = new PeerCandidate(TV.name(), imposter.fingerprint(), false, false, imposter.suspicions());
        assertThat(rows.update(List.of(PHONE, named), false))
                .containsExactly(there(PHONE), new DeviceRow(TV, false), there(named));
    }

    @Test
    void devicesThatComeAndGoUnderThePointerFillNoMoreThanTheCap() {
        rows.update(List.of(PHONE), true);
        for (int i = 0; i < 3; i++) {
            int turn = i;
            rows.update(
                    IntStream.range(0, 256)
                            .mapToObj(n -> stranger(turn + " " + n))
                            .toList(),
                    false);
        }
        assertThat(rows.update(List.of(), false)).hasSize(DeviceRows.MAX_ROWS).contains(new DeviceRow(PHONE, false));
    }

    private static DeviceRow there(PeerCandidate candidate) {
        return new DeviceRow(candidate, true);
    }
}
