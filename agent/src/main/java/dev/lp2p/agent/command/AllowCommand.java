package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "allow",
        description = "Say yes to what the agent asks.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p allow 12                              this once",
            "  lp2p allow 12 --always                     and do not ask again",
            "  lp2p allow 12 --to https://example.com     to this of several"
        })
final class AllowCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(paramLabel = "ID", description = "Number of the request, as 'lp2p requests' lists it.")
    private int id;

    @ArgGroup
    private Lifetime lifetime = new Lifetime();

    @Option(names = "--to", paramLabel = "ORIGIN", description = "Where the device may connect, of several.")
    private @Nullable String to;

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            RunningAgent.of(context).tell(new ControlRequest.Allow(id, lifetime.value(), to));
            context.say("Allowed.");
            return ExitStatus.DONE.code();
        }
    }
}
