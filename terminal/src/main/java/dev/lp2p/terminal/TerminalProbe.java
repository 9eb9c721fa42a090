package dev.lp2p.terminal;

import java.io.IOException;

/** Which of the standard streams lead to a terminal. The JDK can only tell whether all of them do, so a shell is asked. */
record TerminalProbe(boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal) {

    /** Answers in the bits of its exit status, since its streams are those that it is asked about. */
    private static final String QUESTION =
            "s=0; test -t 0 && s=$((s+1)); test -t 1 && s=$((s+2)); test -t 2 && s=$((s+4)); exit $s";

    static TerminalProbe run() {
        try {
            int status =
                    new ProcessBuilder("sh", "-c", QUESTION).inheritIO().start().waitFor();
            return new TerminalProbe((status & 1) != 0, (status & 2) != 0, (status & 4) != 0);
        } catch (IOException e) {
            // No shell here, as on Windows: plain lines work everywhere.
            return new TerminalProbe(false, false, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TerminalProbe(false, false, false);
        }
    }
}
