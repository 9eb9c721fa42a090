package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.agent.event.EventOutput;
import dev.lp2p.terminal.Questions;
import dev.lp2p.terminal.Screen;
import dev.lp2p.terminal.StandardStreams;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** What a running command tells, asks and has to clean up; closing it, or a signal, ends all of that in order. */
final class CommandContext implements AutoCloseable {

    /** What the command calls itself where a program has to. */
    static final String NICKNAME = "lp2p";

    private final GlobalOptions options;
    private final StandardStreams streams;
    private final Screen screen;
    private final EventOutput events;
    private final Questions questions;
    private final Cleanup cleanup = new Cleanup();
    private final Agents agents;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(CommandContext::daemon);
    private final Thread onSignal = new Thread(this::stop, "on signal");

    /** Of a command that runs in this process. */
    CommandContext(GlobalOptions options, StandardStreams streams) {
        this(options, streams, cleanup -> new OwnAgents(options, cleanup));
        Logging.start(options.verbose, this::log);
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** @param agents where it gets its agent, for as long as the clean-up has not happened */
    CommandContext(GlobalOptions options, StandardStreams streams, Function<Cleanup, Agents> agents) {
        this.options = options;
        this.streams = streams;
        this.screen = options.json ? streams.screenOnErr() : streams.screenOnOut();
        this.events = options.json ? EventOutput.json(streams.out()) : EventOutput.NONE;
        this.questions = new Questions(screen, streams.reader(), InstantSource.system());
        this.agents = agents.apply(cleanup);
        cleanup.add(loop::shutdownNow);
    }

    GlobalOptions options() {
        return options;
    }

    Screen screen() {
        return screen;
    }

    Questions questions() {
        return questions;
    }

    /** Where things happen at their time, none of which may block. */
    ScheduledExecutorService loop() {
        return loop;
    }

    Cleanup cleanup() {
        return cleanup;
    }

    /** Whether words go to a terminal and lines come from one, so that a person can be asked. */
    boolean isInteractive() {
        return screen.isTerminal() && streams.inIsTerminal();
    }

    Agents agents() {
        return agents;
    }

    void say(String line) {
        screen.say(line);
    }

    void say(List<String> lines) {
        screen.say(lines);
    }

    /** Shows a transfer of {@code bytes} from now on. */
    TransferView view(long bytes) {
        return cleanup.add(new TransferView(screen, events, loop, InstantSource.system(), bytes));
    }

    void emit(Event event) {
        events.emit(event);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "command");
        thread.setDaemon(true);
        return thread;
    }

    private void log(String line) {
        if (streams.errIsTerminal() && screen.isTerminal()) {
            screen.say(line);
        } else {
            streams.err().println(line);
            streams.err().flush();
        }
    }

    @Override
    public void close() {
        cleanup.close();
        screen.close();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The hook is what closes.
        }
    }

    /** Ends it early, as by a signal: what fails from now on fails because of that and is nothing to tell. */
    void stop() {
        screen.close();
        cleanup.close();
    }
}
