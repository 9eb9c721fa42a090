package dev.lp2p.agent.command;

import dev.lp2p.agent.control.AgentStatus;
import dev.lp2p.agent.control.ControlAnswer;
import dev.lp2p.agent.control.ControlAnswer.Refused;
import dev.lp2p.agent.control.ControlClient;
import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.store.StateException;
import dev.lp2p.store.StateFolder;
import dev.lp2p.store.StateLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The agent in the background, as a command talks to it. */
record RunningAgent(ControlClient client) {

    /** The one that runs on the command's state folder. */
    static RunningAgent of(CommandContext context) {
        return find(context)
                .orElseThrow(() -> new CommandException(
                        ExitStatus.FAILED, "No agent runs in the background. 'lp2p agent' starts one."));
    }

    /** As {@link #of}; empty where none runs. */
    static Optional<RunningAgent> find(CommandContext context) {
        return ControlClient.connect(context.agents().state().path())
                .map(client -> new RunningAgent(context.cleanup().add(client)));
    }

    static boolean isThere(StateFolder state) {
        return ControlClient.connect(state.path())
                .map(client -> {
                    client.close();
                    return true;
                })
                .orElse(false);
    }

    /** Takes the identity, or says that the agent has it. */
    static StateLock lock(StateFolder state) {
        try {
            return state.lock();
        } catch (StateException e) {
            if (!isThere(state)) {
                throw e;
            }
            throw new CommandException(
                    ExitStatus.FAILED,
                    "An agent has just started in the background. Try again: it takes over from now on.",
                    e);
        }
    }

    AgentStatus status() {
        return ask(new ControlRequest.Status(), AgentStatus.class);
    }

    List<OpenRequest> requests() {
        return ask(new ControlRequest.Requests(), ControlAnswer.Requests.class).requests();
    }

    void tell(ControlRequest request) {
        ask(request, ControlAnswer.Done.class);
    }

    /** Ends it, and waits until it has let go of everything. */
    void stop() {
        tell(new ControlRequest.Stop());
        try {
            client.awaitEnd();
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private <T extends ControlAnswer> T ask(ControlRequest request, Class<T> expected) {
        try {
            ControlAnswer answer = client.ask(request);
            if (answer instanceof Refused refused) {
                throw new CommandException(status(refused.reason()), refused.message());
            }
            return expected.cast(answer);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    static ExitStatus status(ControlAnswer.Reason reason) {
        return reason == ControlAnswer.Reason.NOT_OPEN ? ExitStatus.NOT_FOUND : ExitStatus.FAILED;
    }

    static CommandException gone(IOException e) {
        return new CommandException(
                ExitStatus.FAILED, "The agent did not answer (" + e.getMessage() + "). Start it again: lp2p agent.", e);
    }
}
