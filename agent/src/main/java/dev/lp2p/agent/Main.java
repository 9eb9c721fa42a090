package dev.lp2p.agent;

import dev.lp2p.agent.command.Lp2pCommand;
import dev.lp2p.terminal.StandardStreams;

/** Where the {@code lp2p} command starts and the only place that ends the process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        StandardStreams streams = StandardStreams.ofProcess(System.getenv());
        System.exit(Lp2pCommand.commandLine(streams).execute(arguments));
    }
}
