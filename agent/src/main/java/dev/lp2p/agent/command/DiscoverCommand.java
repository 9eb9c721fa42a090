package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "discover",
        description = "List the devices nearby that can be sent to.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p discover                look for a few seconds, then list what was seen",
            "  lp2p discover --seconds 30   look longer",
            "  lp2p discover --watch        tell who comes and goes, until Ctrl-C"
        })
final class DiscoverCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long to look, ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--watch", description = "Keep looking until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() {
        Arguments.requirePositive("--seconds", seconds);
        return lp2p.run(new Errand.Discover(seconds, watch));
    }
}
