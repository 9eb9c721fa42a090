package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "peers",
        description = "List the devices that need no code again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p peers            names, fingerprints, and when they were last seen",
            "  lp2p peers --json     the same for a program"
        })
final class PeersCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Override
    public Integer call() {
        return lp2p.run(new Errand.Peers());
    }
}
