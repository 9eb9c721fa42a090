package dev.lp2p.desktop.widget;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether the user set the desktop to dark, which neither Java nor the look and feel tells. Blocks for a moment. */
public final class SystemAppearance {

    /** What takes longer does not hold a question up. */
    private static final int MAX_WAIT_MILLIS = 700;

    private static final int MAX_ANSWER_BYTES = 1024;

    private SystemAppearance() {}

    /** Light where nothing is known. */
    public static Appearance read() {
        return commands(System.getProperty("os.name")).stream()
                        .map(SystemAppearance::answer)
                        .anyMatch(SystemAppearance::saysDark)
                ? Appearance.DARK
                : Appearance.LIGHT;
    }

    static List<List<String>> commands(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return List.of(List.of("defaults", "read", "-g", "AppleInterfaceStyle"));
        }
        if (name.startsWith("windows")) {
            String key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";
            return List.of(List.of("reg", "query", key, "/v", "AppsUseLightTheme"));
        }
        return List.of(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"), portal());
    }

    /** @see <a href="https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html">Settings</a> */
    private static List<String> portal() {
        return List.of(
                "gdbus",
                "call",
                "--session",
                "--dest=org.freedesktop.portal.Desktop",
                "--object-path=/org/freedesktop/portal/desktop",
                "--method=org.freedesktop.portal.Settings.Read",
                "org.freedesktop.appearance",
                "color-scheme");
    }

    static boolean saysDark(String answer) {
        return answer.contains("prefer-dark")
                || answer.contains("uint32 1")
                || answer.strip().equals("Dark")
                || answer.strip().endsWith("0x0");
    }

    private static String answer(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        } catch (IOException noSuchProgram) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
