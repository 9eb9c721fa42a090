package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "agent",
        description = {
            "Run the agent that web pages on this device use, until Ctrl-C or 'lp2p agent --stop'.",
            "It asks in windows; where there is no display, 'lp2p requests' lists what it asks."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p agent               here and now",
            "  lp2p agent --install     from now on, whenever you log in",
            "  lp2p agent --show        what the one that runs knows and allows, in a window",
            "  lp2p agent --stop        end that one"
        })
final class AgentCommand implements Callable<Integer> {

    @ParentCommand
    private Lp2pCommand lp2p;

    @ArgGroup
    private Instead instead = new Instead();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What others see; the last one by default, at first this computer's.")
    private @Nullable String name;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            description = "Where pages find it on the loopback interface; they look at ${DEFAULT-VALUE}.")
    private int gatewayPort = AgentRun.DEFAULT_GATEWAY_PORT;

    @Option(names = "--no-windows", description = "Ask by 'lp2p requests' also where there is a display.")
    private boolean noWindows;

    /** What to do other than run. */
    static final class Instead {
        @Option(names = "--stop", description = "End the agent that runs.")
        boolean stop;

        @Option(names = "--show", description = "Show the devices and permissions of the agent that runs, in a window.")
        boolean show;

        @Option(names = "--install", description = "Start it whenever you log in (Linux with systemd).")
        boolean install;

        @Option(names = "--uninstall", description = "Do not start it any more when you log in.")
        boolean uninstall;
    }

    @Override
    public Integer call() {
        if (name != null) {
            Arguments.requireName(name);
        }
        Arguments.requirePort("--gateway-port", gatewayPort);
        try (CommandContext context = lp2p.begin()) {
            if (instead.stop) {
                RunningAgent.of(context).stop();
                context.say("The agent has ended.");
                return ExitStatus.DONE.code();
            }
            if (instead.show) {
                RunningAgent.of(context).tell(new ControlRequest.Show());
                context.say("The window of devices and permissions is open.");
                return ExitStatus.DONE.code();
            }
            AgentRun.Settings settings = new AgentRun.Settings(name, gatewayPort, !noWindows);
            if (instead.install || instead.uninstall) {
                ServiceInstallation installation = ServiceInstallation.ofThisUser(context);
                return (instead.install
                                ? installation.install(ServiceUnit.of(context.options(), settings))
                                : installation.uninstall())
                        .code();
            }
            return new AgentRun(context, settings).run().code();
        }
    }
}
