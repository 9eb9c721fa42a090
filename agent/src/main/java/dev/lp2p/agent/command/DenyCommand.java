package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "deny",
        description = "Say no to what the agent asks.",
        footerHeading = "%nExamples:%n",
        footer = {"  lp2p deny 12             for now", "  lp2p deny 12 --never     and do not ask again"})
final class DenyCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(paramLabel = "ID", description = "Number of the request, as 'lp2p requests' lists it.")
    private int id;

    @Option(names = "--never", description = "Until you withdraw it with 'lp2p grants'.")
    private boolean never;

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            RunningAgent.of(context).tell(new ControlRequest.Deny(id, never));
            context.say("Denied.");
            return ExitStatus.DONE.code();
        }
    }
}
