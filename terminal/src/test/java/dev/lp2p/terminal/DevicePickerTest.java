package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.identity.Fingerprint;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DevicePickerTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Device LIVING_ROOM = device("Living Room", 1);
    private static final Device KITCHEN = device("Kitchen\u001b[2J", 2);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Screen screen =
            new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false, true, () -> 80);

    @Test
    void aNumberChoosesTheDeviceThatWasShownUnderIt() {
        DevicePicker picker = picker("2\n");
        picker.update(List.of(LIVING_ROOM));
        picker.update(List.of(KITCHEN, LIVING_ROOM));

        assertThat(picker.start()).succeedsWithin(GENEROUS).isEqualTo(Optional.of(KITCHEN));
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "   1  Living Room  (AQEBAQEBAQEB, new)\n   2  Kitchen[2J  (AgICAgICAgIC, new)\nNumber of the device, or nothing to stop: \n");
    }

    @Test
    void aNumberStaysWithItsDeviceWhenOthersLeave() {
        DevicePicker picker = picker("1\n2\n");
        picker.update(List.of(LIVING_ROOM, KITCHEN));
        picker.update(List.of(KITCHEN));

        assertThat(picker.start()).succeedsWithin(GENEROUS).isEqualTo(Optional.of(KITCHEN));
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("   1  Living Room is gone\n", "That device is gone.\n");
    }

    @Test
    void whatIsNoNumberIsAskedAgain() {
        DevicePicker picker = picker("Living Room\n0\n7\n99999999999\n1\n");
        picker.update(List.of(LIVING_ROOM));

        assertThat(picker.start()).succeedsWithin(GENEROUS).isEqualTo(Optional.of(LIVING_ROOM));
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("There is no number 'Living Room'.\n");
    }

    @Test
    void nothingEndsTheChoice() {
        CompletableFuture<Optional<Device>> choice = picker("\n").start();

        assertThat(choice).succeedsWithin(GENEROUS).isEqualTo(Optional.empty());
    }

    private DevicePicker picker(String input) {
        return new DevicePicker(
                screen, new Questions(screen, new BufferedReader(new StringReader(input)), InstantSource.system()));
    }

    private static Device device(String name, int key) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) key);
        return new Device(name, new Fingerprint(Base64.getEncoder().encodeToString(hash)), false, Set.of());
    }
}
