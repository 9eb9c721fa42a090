package dev.lp2p.desktop.display;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.awt.Window;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An X server without a screen, for as long as the tests of this module run. Where it cannot be, the tests are skipped and
 * say why; on a machine that promised to have it (CI, or LP2P_REQUIRE_DISPLAY) they fail.
 */
public final class VirtualDisplay implements BeforeAllCallback, AfterEachCallback {

    private static final List<String> PROMISES = List.of("CI", "LP2P_REQUIRE_DISPLAY");
    private static final String SIZE = "1600x1400x24";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(VirtualDisplay.class))
                .computeIfAbsent(Server.class, type -> start(), Server.class);
    }

    /** No window of one test is seen by the next. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        SwingUtilities.invokeAndWait(() -> Stream.of(Window.getWindows()).forEach(Window::dispose));
    }

    private static Server start() {
        if (Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "Xvfb")))) {
            throw missing("Xvfb is not installed");
        }
        if (!Files.exists(Path.of(System.getProperty("java.home"), "lib", "libawt_xawt.so"))) {
            throw missing("The Java at " + System.getProperty("java.home") + " is a headless one");
        }
        try {
            return Server.start();
        } catch (IOException e) {
            throw missing("Xvfb does not start: " + e.getMessage());
        }
    }

    private static RuntimeException missing(String reason) {
        System.err.println("NO WINDOW IS TESTED: " + reason + ".");
        if (PROMISES.stream().allMatch(name -> System.getenv().getOrDefault(name, "").isEmpty())) {
            return Assumptions.<RuntimeException>abort(reason + ".");
        }
        throw new AssertionError(reason + ", but the environment (" + PROMISES
                + ") says that this test must run. ./test installs what it can.");
    }

    /** The C library, whose environment AWT reads: Java cannot change its own. */
    public interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    private record Server(Process process) implements AutoCloseable {

        /** On a display number that the server finds free, and which it says once it is ready. */
        private static Server start() throws IOException {
            Process process = new ProcessBuilder(
                            "Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String number;
            try (BufferedReader said = process.inputReader(StandardCharsets.US_ASCII)) {
                number = said.readLine();
            }
            if (number == null) {
                throw new IOException("it says no display number");
            }
            C library = Native.load("c", C.class);
            library.setenv("DISPLAY", ":" + number, 1);
            // What the desktop of whoever runs this would change.
            library.setenv("XDG_CURRENT_DESKTOP", "", 1);
            return new Server(process);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
