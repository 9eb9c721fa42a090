package dev.lp2p.desktop;

import dev.lp2p.Consent;
import dev.lp2p.desktop.widget.Appearance;
import dev.lp2p.desktop.widget.SystemAppearance;
import dev.lp2p.desktop.window.DevicesWindow;
import dev.lp2p.desktop.window.Screen;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Window;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** The user in front of a screen. Methods may be called from any thread but the event dispatch thread. */
public final class Desktop implements AutoCloseable {

    private final ConnectionHistory history = new ConnectionHistory();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lp2p-desktop");
        thread.setDaemon(true);
        return thread;
    });
    private final Supplier<Appearance> appearance;
    private final Screen screen;
    private final Consent consent;

    // The event dispatch thread's.
    private @Nullable Appearance installed;
    private @Nullable DevicesWindow devices;
    private @Nullable Tray tray;

    Desktop(InstantSource clock, Supplier<Appearance> appearance) {
        this.appearance = appearance;
        this.screen = new Screen(clock);
        this.consent = new DesktopConsent(screen, clock, history, this::lookLikeTheSystem);
    }

    /** With the colours and the size of text of the system. */
    public static Desktop start(InstantSource clock) {
        return new Desktop(clock, SystemAppearance::read);
    }

    /** Why no window can be shown here, in words for the user; empty if one can. */
    public static Optional<String> whyUnavailable() {
        try {
            if (GraphicsEnvironment.isHeadless()) {
                return Optional.of("There is no display, or this Java has no windows.");
            }
            GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
            return Optional.empty();
        } catch (AWTError | HeadlessException | LinkageError e) {
            return Optional.of("The display cannot be used: " + e.getMessage());
        }
    }

    /** Asks in windows; where one asks already, another comes beside it. */
    public Consent consent() {
        return consent;
    }

    /** Shows what is known, allowed and was connected, or brings it to the front. */
    public void showDevices(DeviceManagement management) {
        lookLikeTheSystem();
        SwingUtilities.invokeLater(() -> {
            if (devices != null && devices.isOpen()) {
                devices.show();
            } else {
                devices = new DevicesWindow(screen, management, history, background);
            }
        });
    }

    /**
     * Puts an icon where the desktop has a place for it, from which the devices are shown and the agent ends.
     *
     * @return whether there is such a place; where not, the user needs another way to {@link #showDevices}
     */
    public boolean showTray(DeviceManagement management, Runnable quit) {
        Optional<Tray> shown = Tray.show(() -> background.execute(() -> showDevices(management)), quit);
        shown.ifPresent(icon -> SwingUtilities.invokeLater(() -> tray = icon));
        return shown.isPresent();
    }

    /** Takes everything off the screen. Questions stay without an answer. */
    @Override
    public void close() {
        background.shutdown();
        SwingUtilities.invokeLater(() -> {
            Stream.of(Window.getWindows()).forEach(Window::dispose);
            if (tray != null) {
                tray.close();
            }
        });
    }

    ConnectionHistory history() {
        return history;
    }

    private void lookLikeTheSystem() {
        Appearance now = appearance.get();
        SwingUtilities.invokeLater(() -> {
            // A window keeps the colours with which it was made.
            if (installed == null || (installed != now && screen.isEmpty())) {
                now.install();
                installed = now;
            }
        });
    }
}
