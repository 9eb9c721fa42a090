package dev.lp2p.desktop.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.desktop.widget.Appearance;
import java.awt.AWTEvent;
import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.AWTEventListener;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.RootPaneContainer;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Mouse, keyboard and eyes of a person: events go through the display's own queue. */
public final class Hands {

    private static final int GIVE_UP_SECONDS = 30;
    private static final int LOOK_AGAIN_MILLIS = 20;
    private static final long ANY_EVENT = -1;

    private final Robot robot;

    public Hands() {
        try {
            robot = new Robot();
        } catch (AWTException e) {
            throw new AssertionError(e);
        }
        robot.setAutoWaitForIdle(true);
        onEdt(() -> {
            Appearance.LIGHT.install();
            return true;
        });
        away();
    }

    /** Points where no window is. */
    public void away() {
        robot.mouseMove(1, 1);
    }

    public void pointAt(Component component) {
        pointAt(component, component.getWidth() / 2, component.getHeight() / 2);
    }

    public void pointAt(Component component, int x, int y) {
        Point corner = onEdt(component::getLocationOnScreen);
        robot.mouseMove(corner.x + x, corner.y + y);
    }

    public void press() {
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    }

    public void release() {
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }

    public void click(Component component) {
        pointAt(component);
        press();
        release();
        settle();
    }

    public void clickButton(Window window, String text) {
        click(button(window, text));
    }

    /** Types a key while others are held. */
    public void type(int key, int... held) {
        for (int modifier : held) {
            robot.keyPress(modifier);
        }
        robot.keyPress(key);
        robot.keyRelease(key);
        for (int modifier : held) {
            robot.keyRelease(modifier);
        }
        settle();
    }

    public void typeDigits(String digits) {
        digits.chars().forEach(digit -> type(KeyEvent.VK_0 + Character.digit(digit, 10)));
    }

    /** Turns to the window by a click on its title bar, and waits until it has the focus. */
    public void turnTo(JFrame window) {
        seeAll(window);
        pointAt(window, window.getWidth() / 2, window.getInsets().top / 2);
        press();
        release();
        await(window::isFocused);
        seeAll(window);
    }

    /** Until all that was posted so far was handled. */
    public void settle() {
        robot.waitForIdle();
    }

    /**
     * Until all that the display has to say of the window so far was handled: its events come in order, so the pointer's
     * is behind those of a window that was shown or moved before.
     */
    public void seeAll(JFrame window) {
        await(window::isShowing);
        Semaphore moved = new Semaphore(0);
        AWTEventListener listener = event -> {
            if ((event.getSource() instanceof Component seen && SwingUtilities.windowForComponent(seen) == window)
                    || event.getSource() == window) {
                moved.release();
            }
        };
        Toolkit.getDefaultToolkit()
                .addAWTEventListener(listener, AWTEvent.MOUSE_EVENT_MASK | AWTEvent.MOUSE_MOTION_EVENT_MASK);
        try {
            away();
            // Another window may cover one corner.
            Container content = window.getContentPane();
            pointAt(content, 2, 2);
            pointAt(content, 3, 3);
            pointAt(content, content.getWidth() - 3, content.getHeight() - 3);
            pointAt(content, content.getWidth() - 2, content.getHeight() - 2);
            assertThat(moved.tryAcquire(GIVE_UP_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            Toolkit.getDefaultToolkit().removeAWTEventListener(listener);
        }
        away();
        settle();
    }

    public void await(BooleanSupplier condition) {
        CountDownLatch met = new CountDownLatch(1);
        Runnable check = () -> {
            if (condition.getAsBoolean()) {
                met.countDown();
            }
        };
        AWTEventListener onEvent = event -> SwingUtilities.invokeLater(check);
        Toolkit.getDefaultToolkit().addAWTEventListener(onEvent, ANY_EVENT);
        Timer now = new Timer(LOOK_AGAIN_MILLIS, event -> check.run());
        now.setInitialDelay(0);
        now.start();
        try {
            assertThat(met.await(GIVE_UP_SECONDS, TimeUnit.SECONDS))
                    .as("It came true")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            now.stop();
            Toolkit.getDefaultToolkit().removeAWTEventListener(onEvent);
        }
    }

    /**
     * Waits for painting as well, which {@link #settle} does not: the event queue has the events of painting after all others.
     */
    public BufferedImage look(Rectangle area) {
        settle();
        onEdt(() -> {
            Stream.of(Window.getWindows())
                    .filter(Window::isShowing)
                    .filter(RootPaneContainer.class::isInstance)
                    .map(window -> ((RootPaneContainer) window).getRootPane())
                    .forEach(pane -> pane.paintImmediately(0, 0, pane.getWidth(), pane.getHeight()));
            Toolkit.getDefaultToolkit().sync();
            return true;
        });
        return robot.createScreenCapture(area);
    }

    /** Looks at the window, wherever it is, until it shows what is looked for. */
    public <T> Optional<T> lookUntil(JFrame window, Function<BufferedImage, Optional<T>> found) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        Optional<T> seen;
        do {
            seen = found.apply(look(onEdt(window::getBounds)));
        } while (seen.isEmpty() && System.nanoTime() < giveUp);
        return seen;
    }

    /** The one window that is showing. */
    public JFrame onlyFrame() {
        if (!SwingUtilities.isEventDispatchThread()) {
            settle();
        }
        List<JFrame> frames = frames();
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    public List<JFrame> frames() {
        return onEdt(() -> Stream.of(Window.getWindows())
                .filter(Window::isShowing)
                .filter(JFrame.class::isInstance)
                .map(JFrame.class::cast)
                .toList());
    }

    public static AbstractButton button(Container container, String text) {
        return all(container)
                .filter(AbstractButton.class::isInstance)
                .map(AbstractButton.class::cast)
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No button “" + text + "”"));
    }

    public static <T extends Component> T only(Container container, Class<T> type) {
        List<T> found = all(container).filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** The components of a window that can be seen, from the outside to the inside. */
    public static Stream<Component> all(Container container) {
        return Arrays.stream(container.getComponents())
                .filter(Component::isVisible)
                .flatMap(child -> Stream.concat(
                        Stream.of(child), child instanceof Container inner ? all(inner) : Stream.empty()));
    }

    public static <T> T onEdt(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        };
        try {
            if (SwingUtilities.isEventDispatchThread()) {
                run.run();
            } else {
                SwingUtilities.invokeAndWait(run);
            }
        } catch (InterruptedException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
        return result.join();
    }
}
