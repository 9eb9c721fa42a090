package dev.lp2p.agent.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "try",
        description = {
            "See it work on this machine alone: two agents find each other on the loopback interface, authenticate"
                    + " each other through the real protocol, and a file goes from one to the other.",
            "Nothing leaves this machine, and nothing stays behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p try              with a file that it makes",
            "  lp2p try photos/      with files of yours, which are only read"
        })
final class TryCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to send; a file of random bytes by default.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        files.forEach(Arguments::requireReadable);
        try (CommandContext context = lp2p.begin()) {
            return new TryRun(context, files).run().code();
        }
    }
}
