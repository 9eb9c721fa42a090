package dev.lp2p.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where words for a person appear, in order, from any thread. On a terminal there are live lines below them, which are
 * redrawn in place; an open question stands below everything, and while it does the live lines rest, so that what the
 * person types stays readable. Elsewhere live lines are left out.
 */
public final class Screen {

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String UP = "\u001b[1A";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    /** More would scroll a small terminal, and then they could not be redrawn. */
    private static final int MAX_LIVE_LINES = 10;

    private final PrintStream stream;
    private final boolean terminal;
    private final boolean unicode;
    private final IntSupplier columns;

    private final Map<Object, List<String>> live = new LinkedHashMap<>();
    private int drawn;
    private @Nullable String question;
    private boolean closed;

    /** @param terminal whether the stream leads to a terminal that understands ANSI sequences */
    public Screen(PrintStream stream, boolean terminal, boolean unicode, IntSupplier columns) {
        this.stream = stream;
        this.terminal = terminal;
        this.unicode = unicode;
        this.columns = columns;
    }

    public boolean isTerminal() {
        return terminal;
    }

    public boolean isUnicode() {
        return unicode;
    }

    public int columns() {
        return columns.getAsInt();
    }

    /** Prints a line, above what is live. */
    public synchronized void say(String line) {
        say(List.of(line));
    }

    /** Prints lines, with none of anybody else between them. */
    public synchronized void say(List<String> lines) {
        if (closed) {
            return;
        }
        erase();
        lines.forEach(line -> stream.print(line + "\n"));
        redraw();
    }

    /** Replaces the live lines of {@code owner}; each has to fit the width, and no lines take them away. */
    public synchronized void live(Object owner, List<String> lines) {
        if (lines.isEmpty()) {
            live.remove(owner);
        } else {
            live.put(owner, List.copyOf(lines));
        }
        if (terminal && question == null && !closed) {
            erase();
            redraw();
        }
    }

    /** Puts a question below everything, with the cursor behind it. */
    synchronized void ask(String prompt) {
        if (closed) {
            return;
        }
        erase();
        question = prompt;
        if (terminal) {
            redraw();
        } else {
            stream.print(prompt + "\n");
            stream.flush();
        }
    }

    /**
     * Takes the question away.
     *
     * @param answered whether the person ended it with a line, which moved the cursor to the next one
     */
    synchronized void endQuestion(boolean answered) {
        if (question == null) {
            return;
        }
        question = null;
        if (terminal && !closed) {
            if (answered) {
                drawn = 0;
            } else {
                stream.print("\n");
            }
            redraw();
        }
    }

    /** Takes the live lines away and gives the terminal back; nothing appears after it. */
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (question != null && terminal) {
            stream.print("\n");
        }
        question = null;
        live.clear();
        erase();
        stream.flush();
        closed = true;
    }

    private void erase() {
        if (!terminal) {
            return;
        }
        if (question != null) {
            stream.print(ERASE_LINE + (UP + ERASE_LINE).repeat(rows(question) - 1));
        } else if (drawn > 0) {
            stream.print(ERASE_LINE + (UP + ERASE_LINE).repeat(drawn - 1) + SHOW_CURSOR);
        }
        drawn = 0;
    }

    /** That the terminal breaks {@code text} into. */
    private int rows(String text) {
        int width = Math.max(1, columns());
        return Math.max(1, (TextWidth.of(text) + width - 1) / width);
    }

    private void redraw() {
        if (terminal) {
            if (question != null) {
                stream.print(question);
            } else if (!live.isEmpty()) {
                List<String> lines = live.values().stream()
                        .flatMap(List::stream)
                        .limit(MAX_LIVE_LINES)
                        .toList();
                stream.print(HIDE_CURSOR + String.join("\n", lines));
                drawn = lines.size();
            }
        }
        stream.flush();
    }
}
