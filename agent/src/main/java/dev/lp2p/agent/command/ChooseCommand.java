package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.terminal.Device;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "choose",
        description = "Choose the device that a page or program may connect to.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p choose 12 \"Living Room\"       this once",
            "  lp2p choose 12 sYo4nGdnZtQk        by the start of a fingerprint",
            "  lp2p choose 12 Phone --always      and do not ask again"
        })
final class ChooseCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the request, as 'lp2p requests' lists it.")
    private int id;

    @Parameters(index = "1", paramLabel = "NAME-OR-FINGERPRINT", description = "The device.")
    private String device;

    @ArgGroup
    private Lifetime lifetime = new Lifetime();

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            RunningAgent agent = RunningAgent.of(context);
            List<Device> seen = RequestWords.devices(find(agent));
            List<Device> known = KnownDevices.of(context.agents().management().knownPeers());
            Device chosen = DeviceChoice.require(
                    device, DeviceMatch.find(device, seen, known), seen, "'lp2p requests' lists them.");
            agent.tell(new ControlRequest.Choose(id, chosen.fingerprint().value(), lifetime.value()));
            context.say("Chose " + chosen.shownName() + " (" + chosen.shortFingerprint() + ").");
            return ExitStatus.DONE.code();
        }
    }

    private OpenRequest.Choose find(RunningAgent agent) {
        return agent.requests().stream()
                .filter(request -> request.id() == id)
                .filter(OpenRequest.Choose.class::isInstance)
                .map(OpenRequest.Choose.class::cast)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitStatus.NOT_FOUND,
                        "There is no open request " + id + " for a device. 'lp2p requests' lists what is asked."));
    }
}
