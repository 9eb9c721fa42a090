package dev.lp2p.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a person sees of what was written to a terminal: knows the few sequences that {@link Screen} uses. */
final class VirtualTerminal {

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private final int columns;
    private int row;
    private int column;

    VirtualTerminal(ByteArrayOutputStream written) {
        this(written, Integer.MAX_VALUE);
    }

    /** @param columns after which a line goes on in the next row */
    VirtualTerminal(ByteArrayOutputStream written, int columns) {
        this.columns = columns;
        String text = written.toString(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                sequence(text.substring(i + 2, end + 1));
                i = end;
            } else {
                put(c);
            }
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    private void put(char c) {
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            nextRow();
        } else {
            if (column == columns) {
                nextRow();
            }
            lines.get(row).replace(column, Math.min(column + 1, lines.get(row).length()), String.valueOf(c));
            column++;
        }
    }

    private void nextRow() {
        row++;
        column = 0;
        if (row == lines.size()) {
            lines.add(new StringBuilder());
        }
    }

    private void sequence(String sequence) {
        switch (sequence) {
            case "K" -> lines.get(row).setLength(column);
            case "1A" -> row--;
            case "?25l", "?25h" -> {}
            default -> throw new AssertionError("A sequence that this terminal does not know: " + sequence);
        }
        // What is below the cursor is blank, and would be invisible.
        while (lines.size() > row + 1 && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
    }
}
