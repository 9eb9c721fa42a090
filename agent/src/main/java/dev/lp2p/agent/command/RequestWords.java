package dev.lp2p.agent.command;

import dev.lp2p.Suspicion;
import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.agent.control.OpenRequest.Advertise;
import dev.lp2p.agent.control.OpenRequest.AnotherAttempt;
import dev.lp2p.agent.control.OpenRequest.Choose;
import dev.lp2p.agent.control.OpenRequest.CodeNeeded;
import dev.lp2p.agent.control.OpenRequest.CodeShown;
import dev.lp2p.agent.control.OpenRequest.Extend;
import dev.lp2p.agent.control.OpenRequest.Incoming;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question of the agent as a person reads it, with the commands that answer it. */
record RequestWords(OpenRequest request) {

    private static final String INDENT = "      ";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (request instanceof Advertise asked) {
            lines.add(asked.origin() + calledItself(asked.nickname())
                    + " wants others on this network to see this device as '" + UntrustedText.name(asked.name())
                    + "'.");
            lines.add(command("allow", " [--session|--always]"));
            lines.add(command("deny", " [--never]"));
        } else if (request instanceof Choose asked) {
            lines.add(asked.origin() + calledItself(asked.nickname()) + " wants to connect to a device. There "
                    + (asked.devices().isEmpty() ? "is none now." : "are:"));
            devices(asked)
                    .forEach(device -> lines.add("  " + device.shownName() + "  (" + device.shortFingerprint() + ", "
                            + device.standing() + ")"));
            lines.add(command("choose", " NAME-OR-FINGERPRINT [--session|--always]"));
            lines.add(command("deny", " [--never]"));
        } else if (request instanceof Incoming asked) {
            incoming(asked, lines);
        } else if (request instanceof CodeShown shown) {
            lines.add("A device that calls itself " + beside(shown.peer()) + " (unverified) wants to connect.");
            lines.add("If that is yours, enter this code on it:  " + shown.code());
            lines.add(command("deny", "     sends it away"));
        } else if (request instanceof CodeNeeded asked) {
            lines.add(beside(asked.peer()) + " (unverified) shows a code on its screen.");
            lines.add("Never type a code given by a page, a message or a device's name.");
            lines.add(command("code", " CODE"));
            lines.add(command("deny", ""));
        } else if (request instanceof AnotherAttempt asked) {
            lines.add(asked.wrongCodes()
                    + " codes in a row were wrong, and a device wants to try another. Somebody may be guessing.");
            lines.add("If that is not you with a device of yours, say no.");
            lines.add(command("allow", "     one more try"));
            lines.add(command("deny", ""));
        } else if (request instanceof Extend asked) {
            lines.add("Nothing was sent between " + asked.origin() + " and '" + UntrustedText.name(asked.peer())
                    + "' for long. Keep the connection?");
            lines.add(command("allow", ""));
            lines.add(command("deny", ""));
        }
        return numbered(lines);
    }

    static List<Device> devices(Choose asked) {
        return asked.devices().stream()
                .map(device -> new Device(
                        device.name(),
                        new Fingerprint(device.fingerprint()),
                        device.known(),
                        Set.copyOf(device.suspicions())))
                .toList();
    }

    private void incoming(Incoming asked, List<String> lines) {
        String device = "'" + UntrustedText.name(asked.peer()) + "' ("
                + asked.fingerprint().substring(0, Device.SHORT_FINGERPRINT) + ")";
        lines.add(device + " wants to connect to " + String.join(" or ", asked.receivers()) + " here.");
        lines.add(
                asked.claimed() == null
                        ? "It does not say for which site or program. Only the device is verified."
                        : "It says this is " + asked.claimed() + calledItself(asked.nickname())
                                + ". Only the device is verified.");
        if (!asked.suspicions().isEmpty()) {
            lines.add("Beware: it "
                    + asked.suspicions().stream().map(Suspicion::words).collect(Collectors.joining(" and it ")) + ".");
        }
        lines.add(command("allow", (asked.receivers().size() == 1 ? "" : " --to ORIGIN") + " [--session|--always]"));
        lines.add(command("deny", " [--never]"));
    }

    private String command(String verb, String rest) {
        return "  lp2p " + verb + " " + request.id() + rest;
    }

    private List<String> numbered(List<String> lines) {
        List<String> numbered = new ArrayList<>();
        for (String line : lines) {
            numbered.add((numbered.isEmpty() ? String.format("%-6d", request.id()) : INDENT) + line);
        }
        return numbered;
    }

    private static String calledItself(@Nullable String nickname) {
        return nickname == null ? "" : " (it calls itself '" + UntrustedText.nameBesideCode(nickname) + "')";
    }

    private static String beside(String peer) {
        return "'" + UntrustedText.nameBesideCode(peer) + "'";
    }
}
