package dev.lp2p.agent.command;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.agent.control.AgentControl;
import dev.lp2p.agent.control.ControlSocket;
import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.agent.control.RequestDesk;
import dev.lp2p.agent.event.Event;
import dev.lp2p.desktop.Desktop;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.desktop.FirstAnswer;
import dev.lp2p.gateway.Gateway;
import dev.lp2p.gateway.GatewaySettings;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.Device;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agent in the background: it serves pages, and asks its user in windows or by the control socket, until it is ended. */
final class AgentRun {

    static final int DEFAULT_GATEWAY_PORT = GatewaySettings.DEFAULT_PORT;

    /** Of the first request; short enough to type, and seldom that of an earlier run. */
    private static final int MAX_FIRST_ID = 9000;

    private final CommandContext context;
    private final Settings settings;
    private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    private final InstantSource clock = InstantSource.system();
    private volatile boolean asksInWindows;

    AgentRun(CommandContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /**
     * What the command line says.
     *
     * @param windows whether to ask in windows where there is a display
     */
    record Settings(@Nullable String name, int gatewayPort, boolean windows) {}

    ExitStatus run() {
        StateFolder state = context.agents().state();
        if (RunningAgent.isThere(state)) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "An agent runs already. 'lp2p status' shows what it does, 'lp2p agent --stop' ends it.");
        }
        RequestDesk desk = new RequestDesk(new SecureRandom().nextInt(MAX_FIRST_ID), this::tell);
        Optional<Desktop> desktop = desktop();
        asksInWindows = desktop.isPresent();
        SharedConsent consent =
                new SharedConsent(FirstAnswer.of(Stream.concat(desktop.map(Desktop::consent).stream(), Stream.of(desk))
                        .toList()));
        String name = DeviceName.of(settings.name, state.agentState());
        // Closed after the identity was let go: who waits for the end of the agent may start another at once.
        ControlSocket socket = context.cleanup().add(new ControlSocket(state.path()));
        LocalPeerToPeerManager manager =
                AgentStart.of(context.options(), context.cleanup(), consent).toServe(state, name);
        Gateway gateway = startGateway(manager);
        AgentControl control = new AgentControl(
                desk,
                desktop.map(screen -> () -> screen.showDevices(DeviceManagement.of(manager))),
                clock,
                manager,
                gateway.port(),
                this::stop);
        SharedAgent shared = new SharedAgent(state, manager, consent, name, Set.copyOf(context.options().interfaces));
        listen(socket, control, shared);
        desktop.ifPresent(screen -> screen.showTray(DeviceManagement.of(manager), this::stop));
        tellReady(manager, gateway.port(), desktop.isPresent());
        return Waiting.forResult(end);
    }

    private void stop() {
        end.complete(ExitStatus.DONE);
    }

    private Optional<Desktop> desktop() {
        if (!settings.windows || Desktop.whyUnavailable().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(context.cleanup().add(Desktop.start(clock)));
    }

    private Gateway startGateway(LocalPeerToPeerManager manager) {
        try {
            BuiltInPages pages = context.cleanup().add(BuiltInPages.open());
            return context.cleanup()
                    .add(Gateway.start(new GatewaySettings(settings.gatewayPort, pages.apps()), manager));
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, e.getMessage() + " with --gateway-port.", e);
        }
    }

    private void listen(ControlSocket socket, AgentControl control, SharedAgent shared) {
        RunningErrands errands = context.cleanup().add(new RunningErrands(shared));
        try {
            context.cleanup().add(socket.listen(control::answer, errands::run));
        } catch (IOException | UnsupportedOperationException e) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "Commands such as 'lp2p status' could not reach the agent (" + e.getMessage()
                            + "). Where the path of the state folder is long, choose a shorter one with --state DIR.",
                    e);
        }
    }

    private void tell(OpenRequest request) {
        context.emit(new Event.Request(request));
        if (!asksInWindows) {
            context.say(new RequestWords(request).lines());
        }
    }

    private void tellReady(LocalPeerToPeerManager manager, int gatewayPort, boolean windows) {
        String fingerprint = manager.fingerprint().value();
        context.say("The agent runs (" + fingerprint.substring(0, Device.SHORT_FINGERPRINT) + "), for pages on port "
                + gatewayPort + (windows ? "; it asks in windows." : "; 'lp2p requests' lists what it asks.")
                + " 'lp2p agent --stop' ends it.");
        context.say("Examples to open: " + BuiltInPages.address(gatewayPort));
        context.emit(new Event.AgentReady(fingerprint, manager.port(), gatewayPort));
    }
}
