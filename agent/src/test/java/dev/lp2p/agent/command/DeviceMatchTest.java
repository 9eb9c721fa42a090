package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.Suspicion;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.Device;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceMatchTest {

    private static final Device LIVING_ROOM = device("Living Room", 1);
    private static final Device KITCHEN = device("Küche 🍳", 2);
    private static final List<Device> SEEN = List.of(LIVING_ROOM, KITCHEN);
    private static final List<Device> NONE_KNOWN = List.of();

    @Test
    void aNameMeansTheDeviceThatHasIt() {
        assertThat(DeviceMatch.find("Living Room", SEEN, NONE_KNOWN)).isEqualTo(new DeviceMatch.One(LIVING_ROOM));
    }

    @Test
    void caseAndTheWayUmlautsAreWrittenDoNotMatter() {
        assertThat(DeviceMatch.find("living room", SEEN, NONE_KNOWN)).isEqualTo(new DeviceMatch.One(LIVING_ROOM));
        assertThat(DeviceMatch.find("Ku\u0308che 🍳", SEEN, NONE_KNOWN)).isEqualTo(new DeviceMatch.One(KITCHEN));
    }

    @Test
    void theExactNameGoesBeforeOneInAnotherCase() {
        Device shouting = device("LIVING ROOM", 3);

        assertThat(DeviceMatch.find("LIVING ROOM", List.of(LIVING_ROOM, shouting), NONE_KNOWN))
                .isEqualTo(new DeviceMatch.One(shouting));
    }

    @Test
    void twoDevicesOfOneNameAreNotChosenBetween() {
        Device other = device("Living Room", 3);

        assertThat(DeviceMatch.find("Living Room", List.of(LIVING_ROOM, other), NONE_KNOWN))
                .isEqualTo(new DeviceMatch.Several(List.of(LIVING_ROOM, other)));
    }

    @Test
    void oneDeviceSeenTwiceIsOne() {
        assertThat(DeviceMatch.find("Living Room", List.of(LIVING_ROOM, LIVING_ROOM), NONE_KNOWN))
                .isEqualTo(new DeviceMatch.One(LIVING_ROOM));
    }

    @Test
    void eightCharactersOfAFingerprintMeanTheDevice() {
        String start = KITCHEN.fingerprint().value().substring(0, 8);

        assertThat(DeviceMatch.find(start, SEEN, NONE_KNOWN)).isEqualTo(new DeviceMatch.One(KITCHEN));
        assertThat(DeviceMatch.find(KITCHEN.fingerprint().value(), SEEN, NONE_KNOWN))
                .isEqualTo(new DeviceMatch.One(KITCHEN));
        assertThat(DeviceMatch.find(start.substring(0, 7), SEEN, NONE_KNOWN)).isInstanceOf(DeviceMatch.None.class);
    }

    @Test
    void aStrangerNamedAfterAFingerprintDoesNotStandInForIt() {
        String start = KITCHEN.fingerprint().value().substring(0, 8);
        Device stranger = device(start, 3);

        assertThat(DeviceMatch.find(start, List.of(KITCHEN, stranger), NONE_KNOWN))
                .isInstanceOf(DeviceMatch.Several.class);
    }

    @Test
    void aNameThatAKnownDeviceOwnsMeansThatDeviceOnly() {
        Device stranger = device("Living Room", 3);

        assertThat(DeviceMatch.find("Living Room", List.of(stranger, LIVING_ROOM), List.of(LIVING_ROOM)))
                .isEqualTo(new DeviceMatch.One(LIVING_ROOM));
        assertThat(DeviceMatch.find("living room", List.of(stranger), List.of(LIVING_ROOM)))
                .isEqualTo(new DeviceMatch.NamesakeOnly(stranger));
        assertThat(DeviceMatch.find(stranger.fingerprint().value(), List.of(stranger), List.of(LIVING_ROOM)))
                .isEqualTo(new DeviceMatch.One(stranger));
    }

    @Test
    void aKnownDeviceThatTookTheNameOfOneThatIsAwayIsNotChosen() {
        Device impostor = device("living room", 3);
        List<Device> known = List.of(LIVING_ROOM, impostor);

        assertThat(DeviceMatch.find("Living Room", List.of(impostor), known)).isEqualTo(new DeviceMatch.Several(known));
        assertThat(DeviceMatch.find("Living Room", List.of(impostor, LIVING_ROOM), known))
                .isEqualTo(new DeviceMatch.Several(known));
    }

    @Test
    void aKnownDeviceThatWasRenamedIsChosenByItsNewName() {
        Device renamed = new Device("Kitchen", LIVING_ROOM.fingerprint(), true, Set.of(Suspicion.CHANGED_NAME));

        assertThat(DeviceMatch.find("Kitchen", List.of(renamed), List.of(LIVING_ROOM)))
                .isEqualTo(new DeviceMatch.One(renamed));
    }

    @Test
    void aDeviceWhoseNameIsSuspiciousIsChosenByItsFingerprintOnly() {
        Suspicion suspicion = Suspicion.LOOK_ALIKE_NAME;
        Device suspicious = new Device("Kitchen", LIVING_ROOM.fingerprint(), true, Set.of(suspicion));
        List<Device> seen = List.of(suspicious);

        DeviceMatch byName = DeviceMatch.find("Kitchen", seen, List.of(LIVING_ROOM));

        assertThat(byName).isEqualTo(new DeviceMatch.Suspicious(suspicious));
        assertThatThrownBy(() -> DeviceChoice.require("Kitchen", byName, seen, "Hint."))
                .hasMessage("No device 'Kitchen': the one that calls itself so " + suspicion.words()
                        + ". If you trust it, use its fingerprint: --to AQEBAQEBAQEB");
        assertThat(DeviceMatch.find(suspicious.shortFingerprint(), seen, List.of(LIVING_ROOM)))
                .isEqualTo(new DeviceMatch.One(suspicious));
    }

    @Test
    void aSlipOfTheFingerFindsTheNearestName() {
        assertThat(DeviceMatch.find("Livng Rom", SEEN, NONE_KNOWN))
                .isEqualTo(new DeviceMatch.None(Optional.of(LIVING_ROOM)));
        assertThat(DeviceMatch.find("Printer", SEEN, NONE_KNOWN)).isEqualTo(new DeviceMatch.None(Optional.empty()));
    }

    @Test
    void whatIsSaidOfANameThatDoesNotFitNamesWhatDoes() {
        assertThatThrownBy(() -> DeviceChoice.require(
                        "Livng Rom", DeviceMatch.find("Livng Rom", SEEN, NONE_KNOWN), SEEN, "Hint."))
                .hasMessage("No device 'Livng Rom': did you mean 'Living Room' (AQEBAQEBAQEB)?");
        assertThatThrownBy(() ->
                        DeviceChoice.require("Printer", DeviceMatch.find("Printer", SEEN, NONE_KNOWN), SEEN, "Hint."))
                .hasMessage(
                        "No device 'Printer': there are only 'Living Room' (AQEBAQEBAQEB), 'Küche 🍳' (AgICAgICAgIC). Hint.");
    }

    static Device device(String name, int key) {
        byte[] hash = new byte[32];
        java.util.Arrays.fill(hash, (byte) key);
        return new Device(name, new Fingerprint(Base64.getEncoder().encodeToString(hash)), false, Set.of());
    }
}
