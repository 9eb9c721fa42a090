package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;
import dev.lp2p.agent.event.EventOutput;
import dev.lp2p.terminal.StandardStreams;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;
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
            GrantsCommand.class,
            AgentCommand.class,
            StatusCommand.class,
            RequestsCommand.class,
            AllowCommand.class,
            DenyCommand.class,
            CodeCommand.class,
            ChooseCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:something else went wrong",
            "2:the command line is wrong",
            "3:no such device",
            "4:authentication failed",
            "5:declined, or no answer",
            "6:not everything arrived"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p try                               see it work on this machine alone",
            "  lp2p receive --name \"Living Room\"      on one device",
            "  lp2p send photos/ --to \"Living Room\"   on another"
        },
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
        FailureReport report = new FailureReport(
                streams.err(),
                () -> root.options.verbose,
                () -> root.options.json ? EventOutput.json(streams.out()) : EventOutput.NONE);
        return commandLine
                .setOut(writer(streams.out(), streams))
                .setErr(writer(streams.err(), streams))
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
    }

    private static PrintWriter writer(OutputStream stream, StandardStreams streams) {
        return new PrintWriter(new OutputStreamWriter(stream, streams.charset()), true);
    }

    /** Begins what a subcommand does. */
    CommandContext begin() {
        return new CommandContext(options, streams);
    }

    /** Does an errand with this device's identity, or has the agent do it that has it; returns the exit status. */
    int run(Errand errand) {
        try (CommandContext context = begin()) {
            Optional<RunningAgent> agent = RunningAgent.find(context);
            if (agent.isEmpty()) {
                return Errands.run(errand, context).code();
            }
            return context.cleanup()
                    .add(new ErrandByAgent(agent.get().client(), streams))
                    .run(errand, ErrandByAgent.caller(options, streams));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: try, send, receive or discover, for example.");
    }
}
