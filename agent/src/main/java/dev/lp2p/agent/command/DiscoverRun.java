package dev.lp2p.agent.command;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.agent.control.Errand;
import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Looks for devices, and tells who is there. */
final class DiscoverRun {

    private final CommandContext context;
    private final Errand.Discover what;
    private final Map<Fingerprint, Device> seen = new LinkedHashMap<>();

    DiscoverRun(CommandContext context, Errand.Discover what) {
        this.context = context;
        this.what = what;
    }

    ExitStatus run() {
        LocalPeerToPeerManager manager = context.agents().toLook(CommandConsent.toLook(context));
        context.say(
                what.watch()
                        ? "Looking for devices until Ctrl-C …"
                        : "Looking for devices, " + what.seconds() + " s …");
        context.cleanup().add(manager.discover(candidates -> update(Candidates.devices(candidates))));
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (!what.watch()) {
            context.loop().schedule(() -> end.complete(null), what.seconds(), TimeUnit.SECONDS);
        }
        Waiting.forResult(end);
        context.say(table());
        return ExitStatus.DONE;
    }

    private synchronized void update(List<Device> devices) {
        for (Device device : devices) {
            if (!device.equals(seen.put(device.fingerprint(), device))) {
                context.emit(new Event.Found(device.name(), device.fingerprint().value(), device.known()));
                tell("+ " + device.shownName() + "  (" + device.shortFingerprint() + ", " + device.standing() + ")");
            }
        }
        List<Device> lost = seen.values().stream()
                .filter(device ->
                        devices.stream().noneMatch(d -> d.fingerprint().equals(device.fingerprint())))
                .toList();
        for (Device device : lost) {
            seen.remove(device.fingerprint());
            context.emit(new Event.Lost(device.name(), device.fingerprint().value()));
            tell("- " + device.shownName() + "  (" + device.shortFingerprint() + ")");
        }
    }

    private void tell(String change) {
        if (what.watch()) {
            context.say(change);
        }
    }

    private synchronized List<String> table() {
        if (seen.isEmpty()) {
            return List.of("No devices. Is 'lp2p receive' running there, on the same network?");
        }
        Table table = new Table("NAME", "FINGERPRINT", "");
        seen.values().forEach(device -> table.row(device.shownName(), device.shortFingerprint(), device.standing()));
        return table.lines();
    }
}
