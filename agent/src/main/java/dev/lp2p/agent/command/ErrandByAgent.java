package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Caller;
import dev.lp2p.agent.control.ControlAnswer;
import dev.lp2p.agent.control.ControlClient;
import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.Errand;
import dev.lp2p.terminal.StandardStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has the agent in the background do an errand, and lends it the standard streams. */
final class ErrandByAgent implements AutoCloseable {

    /** For the agent to end what is not wanted any more, and say so. */
    private static final int LAST_WORDS_SECONDS = 5;

    private final ControlClient agent;
    private final StandardStreams streams;
    private final BufferedReader input;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    ErrandByAgent(ControlClient agent, StandardStreams streams) {
        this.agent = agent;
        this.streams = streams;
        this.input = streams.reader();
    }

    static Caller caller(GlobalOptions options, StandardStreams streams) {
        return new Caller(
                options.json,
                options.interfaces,
                streams.charset().name(),
                streams.inIsTerminal(),
                streams.outIsTerminal(),
                streams.errIsTerminal(),
                streams.ansi(),
                streams.columns().getAsInt());
    }

    /** Returns the exit status once the errand is over. */
    int run(Errand errand, Caller caller) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread listener = new Thread(() -> listen(status), "lp2p errand");
        listener.setDaemon(true);
        try {
            agent.tell(new ControlRequest.Run(errand, caller));
        } catch (IOException e) {
            throw RunningAgent.gone(e);
        }
        listener.start();
        return Waiting.forResult(status);
    }

    /** Ends it, if it is not over. */
    @Override
    public void close() {
        try {
            agent.endTelling();
            over.completeOnTimeout(null, LAST_WORDS_SECONDS, TimeUnit.SECONDS).join();
        } catch (IOException e) {
            // The agent has gone, and with it the errand.
        }
    }

    private void listen(CompletableFuture<Integer> status) {
        try {
            while (!status.isDone()) {
                ControlAnswer answer = agent.hear();
                if (answer instanceof ControlAnswer.Output output) {
                    print(output);
                } else if (answer instanceof ControlAnswer.InputWanted) {
                    read();
                } else if (answer instanceof ControlAnswer.Ended ended) {
                    end(ended, status);
                } else if (answer instanceof ControlAnswer.Refused refused) {
                    status.completeExceptionally(
                            new CommandException(RunningAgent.status(refused.reason()), refused.message()));
                }
            }
        } catch (IOException e) {
            status.completeExceptionally(new CommandException(
                    ExitStatus.FAILED, "The agent has ended, and what it did for this command with it.", e));
        } finally {
            over.complete(null);
        }
    }

    private void print(ControlAnswer.Output output) {
        PrintStream stream = output.error() ? streams.err() : streams.out();
        byte[] bytes = output.decoded();
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    private static void end(ControlAnswer.Ended ended, CompletableFuture<Integer> status) {
        if (ended.failure() == null) {
            status.complete(ended.status());
        } else {
            status.completeExceptionally(new CommandException(ExitStatus.of(ended.status()), ended.failure()));
        }
    }

    /** On a thread of its own: a person may take their time, and what is printed meanwhile is to be seen. */
    private void read() {
        Thread reader = new Thread(this::readLine, "terminal input");
        reader.setDaemon(true);
        reader.start();
    }

    private void readLine() {
        try {
            String line = input.readLine();
            agent.tell(line == null ? new ControlRequest.EndOfInput() : new ControlRequest.Input(line));
        } catch (IOException e) {
            // The agent is gone, which whoever listens to it learns as well.
        }
    }
}
