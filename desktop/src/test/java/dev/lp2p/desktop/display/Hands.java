package dev.lp2p.desktop.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** Mouse, keyboard and eyes of a person: events go through the display's own queue. */
public final class Hands {

    private static final int GIVE_UP_SECONDS = 20;

    private final Robot robot;

    public Hands() {
        try {
            robot = new Robot();
        } catch (AWTException e) {
            throw new AssertionError(e);
        }
        robot.setAutoWaitForIdle(true);
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

    /** Turns to the window as a click on its title bar does, and waits until it has the focus. */
    public void turnTo(JFrame window) {
        onEdt(() -> {
            window.setAutoRequestFocus(true);
            window.toFront();
            window.requestFocus();
            return window;
        });
        await(window::isFocused);
        settle();
    }

    /** Until all events so far were handled. */
    public void settle() {
        robot.waitForIdle();
    }

    public void await(BooleanSupplier condition) {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        Thread watch = new Thread(() -> {
            while (!met.isDone() && !onEdt(condition::getAsBoolean)) {
                Thread.onSpinWait();
            }
            met.complete(true);
        });
        watch.setDaemon(true);
        watch.start();
        try {
            met.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            met.cancel(true);
            throw new AssertionError("It did not come true", e);
        }
    }

    public BufferedImage look(Rectangle area) {
        settle();
        return robot.createScreenCapture(area);
    }

    /** The one window that is showing. */
    public JFrame onlyFrame() {
        settle();
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
