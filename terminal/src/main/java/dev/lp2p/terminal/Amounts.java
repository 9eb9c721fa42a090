package dev.lp2p.terminal;

import java.time.Duration;
import java.util.Locale;

/** Bytes, rates and times as a person reads them. */
public final class Amounts {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int UNIT = 1000;

    private Amounts() {}

    /** Three significant digits and a decimal unit, as file managers and disks have them. */
    public static String bytes(long bytes) {
        return scaled((double) bytes);
    }

    public static String rate(double bytesPerSecond) {
        return scaled(bytesPerSecond) + "/s";
    }

    public static String files(long count) {
        return count == 1 ? "1 file" : count + " files";
    }

    /** To the second below an hour, to the minute above; below ten seconds with a decimal. */
    public static String time(Duration duration) {
        double exact = duration.toMillis() / 1000.0;
        if (exact < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", exact);
        }
        long seconds = Math.round(exact);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** What is left, in whole seconds: decimals would only flicker. */
    public static String remaining(Duration duration) {
        long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
        return (seconds < 10 ? seconds + " s" : time(Duration.ofSeconds(seconds))) + " left";
    }

    private static String scaled(double bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.round(value) >= UNIT && unit < UNITS.length - 1) {
            value /= UNIT;
            unit++;
        }
        boolean fraction = unit > 0 && value < 99.95;
        return String.format(Locale.ROOT, fraction ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
