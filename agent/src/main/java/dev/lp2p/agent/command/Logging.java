package dev.lp2p.agent.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the libraries log, as lines on standard error: warnings only, or with {@code -v} everything of ours. */
final class Logging {

    /** Held here because the log manager holds loggers weakly, and their levels would go with them. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger(""), Logger.getLogger("dev.lp2p"), Logger.getLogger("io.netty"));

    private Logging() {}

    static void start(boolean verbose, Consumer<String> lines) {
        LogManager.getLogManager().reset();
        Logger root = LOGGERS.get(0);
        root.setLevel(Level.WARNING);
        root.addHandler(new Lines(verbose, lines));
        LOGGERS.get(1).setLevel(verbose ? Level.FINE : Level.WARNING);
        // Warns of what is usual, such as a machine without a network card.
        LOGGERS.get(2).setLevel(verbose ? Level.WARNING : Level.SEVERE);
    }

    private static final class Lines extends Handler {

        private final Consumer<String> lines;

        Lines(boolean verbose, Consumer<String> lines) {
            this.lines = lines;
            setFormatter(new OneLine(verbose));
        }

        @Override
        public void publish(LogRecord entry) {
            lines.accept(getFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final class OneLine extends Formatter {

        private final boolean traces;

        OneLine(boolean traces) {
            this.traces = traces;
        }

        @Override
        public String format(LogRecord entry) {
            String level = entry.getLevel().getName().toLowerCase(Locale.ROOT);
            Throwable thrown = entry.getThrown();
            String message = level + ": " + formatMessage(entry);
            if (!traces) {
                return thrown == null ? message : message + " (" + thrown + ")";
            }
            String line = entry.getInstant() + " " + entry.getLoggerName() + " " + message;
            return thrown == null ? line : line + "\n" + stackTrace(thrown);
        }
    }

    static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().stripTrailing();
    }
}
