package dev.lp2p.agent.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "try",
        description = {
            "See it work on this machine alone: two agents find each other on the loopback interface, authenticate"
                    + " each other through the real protocol, and a file goes from one to the other.",
            "With --web pages talk: two of the examples open on each agent, in your browser where there is a display.",
            "Nothing leaves this machine, and nothing stays behind."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p try              with a file that it makes",
            "  lp2p try photos/      with files of yours, which are only read",
            "  lp2p try --web        with a game and a chat in a browser"
        })
final class TryCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to send; a file of random bytes by default.")
    private List<Path> files = List.of();

    @Option(names = "--web", description = "Pages instead of a file.")
    private boolean web;

    @Option(
            names = "--no-windows",
            description = "With --web, also where there is a display: pages in a browser without windows, which are"
                    + " played and of which pictures are saved.")
    private boolean noWindows;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((web && !files.isEmpty()) || (noWindows && !web)) {
            throw new ParameterException(
                    spec.commandLine(), "--web takes no files, and --no-windows goes with --web only.");
        }
        files.forEach(Arguments::requireReadable);
        try (CommandContext context = lp2p.begin()) {
            if (web) {
                return new WebTryRun(context, !noWindows).run().code();
            }
            return new TryRun(context, files).run().code();
        }
    }
}
