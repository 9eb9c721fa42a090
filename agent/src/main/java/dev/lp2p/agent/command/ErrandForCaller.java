package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Caller;
import dev.lp2p.agent.control.ControlAnswer;
import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.Conversation;
import dev.lp2p.agent.control.Errand;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the agent does for a command of its user, which is over when the command goes away. */
final class ErrandForCaller implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ErrandForCaller.class.getName());

    private final ControlRequest.Run asked;
    private final Conversation conversation;
    private final CallerStreams streams;
    private final CommandContext context;
    private final Thread worker;
    private volatile boolean isOver;
    private volatile boolean agentEnds;

    ErrandForCaller(SharedAgent agent, ControlRequest.Run asked, Conversation conversation) {
        this.asked = asked;
        this.conversation = conversation;
        this.streams = new CallerStreams(conversation, asked.caller());
        this.context = new CommandContext(options(asked.caller()), streams.streams(), agent::lendUntil);
        this.worker = new Thread(() -> work(agent), "lp2p-errand");
        worker.setDaemon(true);
    }

    /** Returns once it is over. */
    void run() {
        worker.start();
        for (Optional<ControlRequest> said = conversation.hear(); said.isPresent(); said = conversation.hear()) {
            streams.hear(said.get());
        }
        stop();
    }

    /** The agent ends. */
    @Override
    public void close() {
        agentEnds = true;
        stop();
    }

    private void stop() {
        streams.end();
        if (!isOver) {
            context.stop();
            worker.interrupt();
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(SharedAgent agent) {
        ControlAnswer.Ended end;
        try (context) {
            if (agentEnds) {
                // Before this thread could be interrupted.
                throw new CommandException(ExitStatus.FAILED, "The agent ends.");
            }
            refuseWhatCannotBe(agent, asked.what(), asked.caller());
            end = new ControlAnswer.Ended(Errands.run(asked.what(), context).code(), null);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.DEBUG, "A command failed", failure);
            end = agentEnds
                    ? new ControlAnswer.Ended(
                            ExitStatus.FAILED.code(), "The agent has ended, and what it did for this command with it.")
                    : new ControlAnswer.Ended(Failures.status(failure).code(), Failures.message(failure));
        }
        isOver = true;
        conversation.tell(end);
        conversation.end();
    }

    private static void refuseWhatCannotBe(SharedAgent agent, Errand errand, Caller caller) {
        agent.whyNot(Set.copyOf(caller.interfaces())).ifPresent(reason -> {
            throw new CommandException(ExitStatus.FAILED, reason);
        });
        // Where this process happens to be is nothing that a command means.
        if (!errand.paths().stream().allMatch(Path::isAbsolute)) {
            throw new CommandException(ExitStatus.USAGE, "The agent takes absolute paths only.");
        }
    }

    private static GlobalOptions options(Caller caller) {
        GlobalOptions options = new GlobalOptions();
        options.json = caller.json();
        return options;
    }
}
