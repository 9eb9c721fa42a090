package dev.lp2p.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The terminal's width, asked again now and then because windows are resized. */
final class TerminalWidth implements IntSupplier {

    private static final int USUAL = 80;
    private static final File TERMINAL = new File("/dev/tty");
    private static final long VALID_NANOS = Duration.ofSeconds(2).toNanos();

    private int columns;
    private long askedAt;

    @Override
    public synchronized int getAsInt() {
        long now = System.nanoTime();
        if (columns == 0 || now - askedAt > VALID_NANOS) {
            columns = ask();
            askedAt = now;
        }
        return columns;
    }

    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String rowsAndColumns = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int columns = Integer.parseInt(rowsAndColumns.strip().replaceFirst("^\\d+ ", ""));
            return columns > 0 ? columns : USUAL;
        } catch (IOException | NumberFormatException e) {
            // No terminal, or a system without stty.
            return USUAL;
        }
    }
}
