package dev.lp2p.agent.command;

import dev.lp2p.Suspicion;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.UntrustedText;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Turns a match into the device, or into a sentence that says what there is instead. */
final class DeviceChoice {

    private DeviceChoice() {}

    /** @param hint what to do where nothing fits */
    static Device require(String wanted, DeviceMatch match, Collection<Device> seen, String hint) {
        if (match instanceof DeviceMatch.One one) {
            return one.device();
        }
        throw new CommandException(ExitStatus.NOT_FOUND, "No device '" + wanted + "': " + why(match, seen, hint));
    }

    private static String why(DeviceMatch match, Collection<Device> seen, String hint) {
        if (match instanceof DeviceMatch.Several several) {
            return "it could be " + list(several.devices()) + ". Use the fingerprint.";
        }
        if (match instanceof DeviceMatch.NamesakeOnly namesake) {
            return "the one that you know is not there. Another device, "
                    + namesake.stranger().shortFingerprint()
                    + ", has taken its name; if you trust that one, use its fingerprint.";
        }
        if (match instanceof DeviceMatch.Suspicious suspicious) {
            return why(suspicious.device());
        }
        if (match instanceof DeviceMatch.None none && none.nearest().isPresent()) {
            return "did you mean " + list(List.of(none.nearest().get())) + "?";
        }
        return (seen.isEmpty() ? "there is none." : "there are only " + list(seen) + ".") + " " + hint;
    }

    private static String why(Device suspicious) {
        String reasons =
                suspicious.suspicions().stream().sorted().map(Suspicion::words).collect(Collectors.joining(" and "));
        return "the one that calls itself so " + reasons + ". If you trust it, use its fingerprint: --to "
                + suspicious.shortFingerprint();
    }

    private static String list(Collection<Device> devices) {
        return devices.stream()
                .map(device -> "'" + UntrustedText.name(device.name()) + "' (" + device.shortFingerprint() + ")")
                .collect(Collectors.joining(", "));
    }
}
