package dev.lp2p.agent.command;

import dev.lp2p.agent.terminal.StandardStreams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand. Subcommands load what they need only when they run. */
@Command(
        name = "lp2p",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            TryCommand.class,
            DiscoverCommand.class,
            ReceiveCommand.class,
            SendCommand.class,
            PeersCommand.class,
            ForgetCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        sortOptions = false,
        description = "Send files to devices nearby, directly and encrypted: no server, no internet, no account.")
public final class Lp2pCommand implements Runnable {

    private final StandardStreams streams;

    @Mixin
    private GlobalOptions options;

    @Spec
    private CommandSpec spec;

    private Lp2pCommand(StandardStreams streams) {
        this.streams = streams;
    }

    /** The command line, ready to execute; what it returns is the exit status. */
    public static CommandLine commandLine(StandardStreams streams) {
        Lp2pCommand root = new Lp2pCommand(streams);
        CommandLine commandLine = new CommandLine(root);
        FailureReport report = new FailureReport(streams.err(), () -> root.options.verbose);
        return commandLine
                .setOut(new java.io.PrintWriter(streams.out(), true))
                .setErr(new java.io.PrintWriter(streams.err(), true))
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
    }

    /** Begins what a subcommand does. */
    CommandContext begin() {
        return new CommandContext(options, streams);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: try, send, receive or discover, for example.");
    }
}
