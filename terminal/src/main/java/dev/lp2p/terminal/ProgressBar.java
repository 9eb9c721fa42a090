package dev.lp2p.terminal;

import java.util.List;
import java.util.Locale;

/** Draws a transfer in two lines that fit the terminal: the file that is under way, and the bar for all of them. */
public final class ProgressBar {

    private static final String INDENT = "  ";
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 8;

    /** As wide as amount, rate and time get, so that the bar does not change its width with them. */
    private static final int FIGURES = "  99.9 MB of 99.9 MB  99.9 MB/s  59 min 59 s left".length();

    private final String full;
    private final String empty;

    public ProgressBar(boolean unicode) {
        full = unicode ? "█" : "#";
        empty = unicode ? "░" : ".";
    }

    /**
     * @param label what is under way, shown as given
     * @param columns the terminal's width; no line is longer
     */
    public List<String> draw(String label, ProgressMeter.Snapshot progress, int columns) {
        int room = Math.max(0, columns - INDENT.length() - 1);
        return List.of(INDENT + TextWidth.fit(label, room), INDENT + bar(progress, room));
    }

    /** The same without a bar, for where lines cannot be redrawn. */
    public static String words(ProgressMeter.Snapshot progress) {
        return percent(progress).strip() + figures(progress);
    }

    private String bar(ProgressMeter.Snapshot progress, int room) {
        String percent = percent(progress);
        String figures = figures(progress);
        int bar = room - percent.length() - Math.max(FIGURES, figures.length()) - 1;
        if (bar < NARROWEST_BAR) {
            // Too narrow for everything: the bar and the percentage say the most.
            figures = "";
            bar = room - percent.length() - 1;
        }
        if (bar < NARROWEST_BAR) {
            return TextWidth.fit(percent.strip(), room);
        }
        int width = Math.min(bar, WIDEST_BAR);
        int filled = progress.total() == 0 ? width : (int) (width * (double) progress.done() / progress.total());
        return full.repeat(filled) + empty.repeat(width - filled) + " " + percent + figures;
    }

    private static String percent(ProgressMeter.Snapshot progress) {
        return String.format(Locale.ROOT, "%3d %%", progress.percent());
    }

    private static String figures(ProgressMeter.Snapshot progress) {
        String amount = "  " + Amounts.bytes(progress.done()) + " of " + Amounts.bytes(progress.total());
        if (progress.done() >= progress.total()) {
            return amount;
        }
        if (progress.rate() < 1) {
            return amount + "  waiting";
        }
        return amount + "  " + Amounts.rate(progress.rate()) + "  " + Amounts.remaining(progress.left());
    }
}
