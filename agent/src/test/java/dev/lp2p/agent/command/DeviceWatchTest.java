package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.terminal.Device;
import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {

    private static final Device LIVING_ROOM = DeviceMatchTest.device("Living Room", 1);
    private static final Device KNOWN = new Device("Living Room", LIVING_ROOM.fingerprint(), true, Set.of());
    private static final Device NAMESAKE = DeviceMatchTest.device("Living Room", 2);

    private final SimulatedLoop loop = new SimulatedLoop();

    @Test
    void aKnownDeviceIsTakenAtOnce() {
        DeviceWatch watch = watch("Living Room", List.of(KNOWN));

        watch.update(List.of(KNOWN));

        assertThat(watch.result()).isCompletedWithValue(KNOWN);
        assertThat(loop.pendingTasks()).isZero();
    }

    @Test
    void aStrangerIsTakenWhenNoNamesakeAppearsForAMoment() {
        DeviceWatch watch = watch("Living Room", List.of());

        watch.update(List.of(LIVING_ROOM));
        assertThat(watch.result()).isNotDone();
        loop.advance(DeviceWatch.GRACE);

        assertThat(watch.result()).isCompletedWithValue(LIVING_ROOM);
    }

    @Test
    void twoStrangersOfOneNameAreAnError() {
        DeviceWatch watch = watch("Living Room", List.of());

        watch.update(List.of(LIVING_ROOM));
        watch.update(List.of(LIVING_ROOM, NAMESAKE));
        loop.advance(DeviceWatch.GRACE);

        assertThat(watch.result())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("it could be 'Living Room' (AQEBAQEBAQEB), 'Living Room' (AgICAgICAgIC)");
    }

    @Test
    void aStrangerWithAKnownNameIsNotTakenButItsOwnerThatComesLaterIs() {
        DeviceWatch watch = watch("Living Room", List.of(KNOWN));

        watch.update(List.of(NAMESAKE));
        loop.advance(Duration.ofSeconds(5));
        assertThat(watch.result()).isNotDone();
        watch.update(List.of(NAMESAKE, KNOWN));

        assertThat(watch.result()).isCompletedWithValue(KNOWN);
    }

    @Test
    void whenTheTimeIsOverItSaysWhatWasSeen() {
        DeviceWatch watch = watch("Kitchen", List.of());

        watch.update(List.of(LIVING_ROOM));
        loop.advance(Duration.ofSeconds(10));

        assertThat(watch.result())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("No device 'Kitchen': there are only 'Living Room' (AQEBAQEBAQEB).");
    }

    @Test
    void aDeviceThatLeftIsNotTaken() {
        DeviceWatch watch = watch("Living Room", List.of());

        watch.update(List.of(LIVING_ROOM));
        watch.update(List.of());
        loop.advance(Duration.ofSeconds(10));

        assertThat(watch.result())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("there is none");
    }

    private DeviceWatch watch(String wanted, List<Device> known) {
        return new DeviceWatch(wanted, known, Duration.ofSeconds(10), loop);
    }
}
