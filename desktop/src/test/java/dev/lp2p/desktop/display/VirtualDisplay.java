package dev.lp2p.desktop.display;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.awt.Window;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An X server without a screen, one for as long as this process runs: AWT connects to a display only once, and what it takes
 * pictures with to whatever the environment names by then. Where there can be none, the tests are skipped and say why; on a
 * machine that promised to have it (CI, or LP2P_REQUIRE_DISPLAY) they fail.
 */
public final class VirtualDisplay implements BeforeAllCallback, AfterEachCallback {

    private static final List<String> PROMISES = List.of("CI", "LP2P_REQUIRE_DISPLAY");
    private static final String SIZE = "1600x1400x24";

    private static boolean isStarted;

    /** The store of JUnit's root would not do: Surefire makes a root for each class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (VirtualDisplay.class) {
            if (!isStarted) {
                start();
                isStarted = true;
            }
        }
    }

    /** No window of one test is seen by the next. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        SwingUtilities.invokeAndWait(() -> Stream.of(Window.getWindows()).forEach(Window::dispose));
    }

    private static void start() {
        for (String program : List.of("Xvfb", "openbox")) {
            if (Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
                throw missing(program + " is not installed");
            }
        }
        if (!Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so"))) {
            throw missing("The Java at " + System.getProperty("java.home") + " is a headless one");
        }
        try {
            startServer();
        } catch (IOException e) {
            throw missing("There is no display: " + e.getMessage());
        }
    }

    private static RuntimeException missing(String reason) {
        System.err.println("NO WINDOW IS TESTED: " + reason + ".");
        if (PROMISES.stream()
                .allMatch(name -> System.getenv().getOrDefault(name, "").isEmpty())) {
            return Assumptions.<RuntimeException>abort(reason + ".");
        }
        throw new AssertionError(reason + ", but the environment (" + PROMISES
                + ") says that this test must run. ./test installs what it can.");
    }

    /** The C library, whose environment AWT reads: Java cannot change its own. */
    public interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /**
     * On a display number that the server finds free, and which it says once it is ready. It ends with its last client: AWT
     * ends this process if the server goes first.
     */
    private static void startServer() throws IOException {
        Process server = new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp", "-terminate")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = server.inputReader(StandardCharsets.US_ASCII).readLine();
        if (number == null) {
            throw new IOException("Xvfb says no display number");
        }
        String display = ":" + number;
        Native.load("c", C.class).setenv("DISPLAY", display, 1);
        startWindowManager(display);
    }

    /** Gives windows focus, order and a frame as on a desktop. It ends with this process, whose end closes its input. */
    private static void startWindowManager(String display) throws IOException {
        ProcessBuilder manager = new ProcessBuilder(
                        "sh", "-c", "openbox --sm-disable --startup 'echo ready' & cat >/dev/null; kill $!")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        manager.environment().put("DISPLAY", display);
        if (manager.start().inputReader(StandardCharsets.US_ASCII).readLine() == null) {
            throw new IOException("openbox does not manage the display");
        }
    }
}
