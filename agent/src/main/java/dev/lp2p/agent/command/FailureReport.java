package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.agent.event.EventOutput;
import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command did not work, in one line on standard error and to programs; the stack trace is for {@code -v}. */
final class FailureReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final PrintStream err;
    private final BooleanSupplier verbose;
    private final Supplier<EventOutput> events;

    /**
     * @param verbose whether the command line asks for stack traces
     * @param events to whom the command line has failures told
     */
    FailureReport(PrintStream err, BooleanSupplier verbose, Supplier<EventOutput> events) {
        this.err = err;
        this.verbose = verbose;
        this.events = events;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(name, oneLine(failure) + " '" + name + " --help' shows how.");
        trace(failure);
        return ExitStatus.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        ExitStatus status = Failures.status(failure);
        String message = Failures.message(failure);
        events.get().emit(new Event.Failed(message));
        say(name, message);
        trace(failure);
        return status.code();
    }

    private String oneLine(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            List<String> suggestions = unmatched.getSuggestions();
            String what = argument.startsWith("-") ? "There is no option '" : "There is nothing to do with '";
            String mean = suggestions.isEmpty() ? "" : " Did you mean " + String.join(" or ", suggestions) + "?";
            return what + argument + "'." + mean;
        }
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        message = message.replace("is not an int", "is not a whole number").replaceFirst("^Error: ", "");
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    private void say(String command, String message) {
        err.print(command + ": " + message + "\n");
        err.flush();
    }

    private void trace(Exception failure) {
        if (verbose.getAsBoolean()) {
            err.print(Logging.stackTrace(failure) + "\n");
            err.flush();
        }
    }
}
