package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Questions.Answer;
import dev.lp2p.terminal.UntrustedText;
import java.util.List;
import java.util.Locale;

/** Makes devices strangers. */
final class ForgetRun {

    private final CommandContext context;
    private final DeviceManagement management;
    private final List<Device> known;

    ForgetRun(CommandContext context) {
        this.context = context;
        this.management = context.agents().management();
        this.known = KnownDevices.of(management.knownPeers());
    }

    /** @param wanted a name or the start of a fingerprint */
    ExitStatus one(String wanted) {
        forget(DeviceChoice.require(wanted, DeviceMatch.find(wanted, known, known), known, "'lp2p peers' lists them."));
        return ExitStatus.DONE;
    }

    /** @param yes whether not to ask */
    ExitStatus all(boolean yes) {
        if (!yes && !known.isEmpty() && !isWanted()) {
            throw new CommandException(ExitStatus.DECLINED, "Nothing was forgotten. '--yes' forgets without asking.");
        }
        known.forEach(this::forget);
        return ExitStatus.DONE;
    }

    private boolean isWanted() {
        Answer answer = context.questions()
                .ask("Forget all " + known.size() + " devices? [y/N] ")
                .answer()
                .join();
        return answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private void forget(Device device) {
        management.forget(device.fingerprint());
        context.emit(new Event.Forgotten(device.name(), device.fingerprint().value()));
        context.say("Forgot " + UntrustedText.name(device.name()) + " (" + device.shortFingerprint() + ").");
    }
}
