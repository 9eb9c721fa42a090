package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.FooterLayout;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Sign;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Insets;
import java.awt.Window;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.BorderFactory;
import javax.swing.JFrame;
import javax.swing.LayoutFocusTraversalPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A window with a question. Its buttons arm half a second after it shows, gains focus or moves; no button answers to
 * Enter from elsewhere; it takes no focus by itself; Escape dismisses it.
 */
public final class PromptWindow {

    private static final int WIDTH = 480;

    private final Screen screen;
    private final Arming arming;
    private final JFrame frame;
    private final Runnable onDismiss;
    private final Panel content = Panel.of(new ColumnLayout(Space.WIDE + Space.SMALL));
    private @Nullable Insets around;
    private final Panel footer = Panel.of(new FooterLayout());

    /**
     * @param title of the window: our own words
     * @param question at its head
     * @param onDismiss the user sent it away
     */
    PromptWindow(Screen screen, String title, String question, Runnable onDismiss) {
        this.screen = screen;
        this.arming = screen.arming();
        this.frame = new JFrame(title);
        this.onDismiss = onDismiss;
        frame.setIconImages(Sign.images());
        layOut(question);
        FrameRules.onDismissal(frame, this::dismiss);
        FrameRules.pauseAfterEachChange(frame, arming);
        frame.getRootPane().addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                fitToFrame();
            }
        });
        frame.setAutoRequestFocus(false);
        if (frame.isAlwaysOnTopSupported()) {
            frame.setAlwaysOnTop(true);
        }
        frame.getRootPane().setDefaultButton(null);
    }

    Arming arming() {
        return arming;
    }

    JFrame frame() {
        return frame;
    }

    PromptWindow add(Component... parts) {
        for (Component part : parts) {
            content.add(part);
        }
        return this;
    }

    /** Adds a button that answers: it closes the window. The first stands apart at the left. */
    ArmedButton answer(String text, char mnemonic, Runnable action) {
        return button(text, mnemonic, () -> {
            close();
            action.run();
        });
    }

    /** Adds a button that leaves the window open. */
    ArmedButton button(String text, char mnemonic, Runnable action) {
        ArmedButton button = new ArmedButton(text, mnemonic, arming, action);
        footer.add(button);
        return button;
    }

    /** Keeps the left of the footer free. */
    void noButtonApart() {
        footer.add(Panel.of(new BorderLayout()), 0);
    }

    /** Shows the window; the component has the focus once the user turns to the window. */
    void show(Component first) {
        frame.setFocusTraversalPolicy(new FirstComponent(first));
        frame.pack();
        frame.setBounds(screen.place(frame.getSize()));
        screen.opened(arming);
        frame.setVisible(true);
    }

    /** After its content changed: as high as it needs to be, and on the screen. */
    void fit() {
        int height = Math.min(frame.getPreferredSize().height, Screen.area().height);
        if (height != frame.getHeight()) {
            int lowest = Screen.area().y + Screen.area().height - height;
            frame.setBounds(frame.getX(), Math.min(frame.getY(), lowest), frame.getWidth(), height);
        }
        frame.validate();
    }

    /** Takes it off the screen; nobody is told. */
    public void close() {
        if (frame.isDisplayable()) {
            frame.dispose();
            screen.closed(arming);
        }
    }

    static int contentWidth() {
        return Math.min(Space.of(WIDTH), Screen.area().width * 9 / 10) - 2 * Space.of(Space.EDGE);
    }

    /** What the desktop puts around a window is known only some time after the window shows. */
    private void fitToFrame() {
        if (!frame.getInsets().equals(around)) {
            around = frame.getInsets();
            fit();
        }
    }

    private void dismiss() {
        close();
        onDismiss.run();
    }

    private void layOut(String question) {
        content.add(WrappedText.title(question));
        frame.add(new WideScroll(content, contentWidth()), BorderLayout.CENTER);
        frame.add(bottom(footer), BorderLayout.SOUTH);
        frame.setResizable(false);
    }

    /** The ground below the buttons. */
    static Panel bottom(Panel footer) {
        Panel bottom = Panel.column(0, footer);
        bottom.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(1, 0, 0, 0, Palette.LINE.color()),
                Space.around(Space.WIDE, Space.EDGE)));
        return bottom;
    }

    private static final class FirstComponent extends LayoutFocusTraversalPolicy {

        private final transient Component first;

        private FirstComponent(Component first) {
            this.first = first;
        }

        @Override
        public Component getInitialComponent(Window window) {
            return first;
        }

        @Override
        public Component getDefaultComponent(Container container) {
            return first;
        }
    }
}
