package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Questions.Answer;
import dev.lp2p.terminal.UntrustedText;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "forget",
        description = "Forget a device: it needs a code again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p forget \"Living Room\"",
            "  lp2p forget sYo4nGdnZtQk      by the start of a fingerprint",
            "  lp2p forget --all --yes       all of them, without asking"
        })
final class ForgetCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--yes", description = "Do not ask whether to forget all.")
    private boolean yes;

    static final class Which {
        @Parameters(paramLabel = "NAME-OR-FINGERPRINT", description = "The device to forget.")
        @Nullable String wanted;

        @Option(names = "--all", description = "Forget all devices.")
        boolean all;
    }

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            PeerStore store = context.openState().peers();
            List<Device> known = KnownDevices.of(store);
            List<Device> toForget = which.wanted == null ? all(context, known) : List.of(one(which.wanted, known));
            for (Device device : toForget) {
                store.remove(device.fingerprint());
                context.emit(
                        new Event.Forgotten(device.name(), device.fingerprint().value()));
                context.say("Forgot " + UntrustedText.name(device.name()) + " (" + device.shortFingerprint() + ").");
            }
            return ExitStatus.DONE.code();
        }
    }

    private List<Device> all(CommandContext context, List<Device> known) {
        if (yes || known.isEmpty()) {
            return known;
        }
        Answer answer = context.questions()
                .ask("Forget all " + known.size() + " devices? [y/N] ")
                .answer()
                .join();
        if (answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y")) {
            return known;
        }
        throw new CommandException(ExitStatus.DECLINED, "Nothing was forgotten. '--yes' forgets without asking.");
    }

    private static Device one(String wanted, List<Device> known) {
        return DeviceChoice.require(wanted, DeviceMatch.find(wanted, known, known), known, "'lp2p peers' lists them.");
    }
}
