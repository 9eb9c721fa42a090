package dev.lp2p.agent.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command, before or after its name. */
public final class GlobalOptions {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where this device's identity and the devices that it knows are kept;"
                    + " a folder of yours by default.")
    @Nullable Path state;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Network interface to use, as often as needed; all usable ones by default.")
    List<String> interfaces = new ArrayList<>();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON object a line for programs; words go to standard error.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what happens, and show stack traces, on standard error.")
    boolean verbose;
}
