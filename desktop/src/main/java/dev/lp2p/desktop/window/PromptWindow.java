package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.FooterLayout;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.LayoutFocusTraversalPolicy;
import javax.swing.ScrollPaneConstants;
import javax.swing.Scrollable;
import javax.swing.WindowConstants;

/**
 * A window with a question. Its buttons arm half a second after it shows, gains focus or moves; no button answers to
 * Enter from elsewhere; it takes no focus by itself; Escape dismisses it.
 */
public final class PromptWindow {

    static final String DISMISS = "dismiss";

    private static final int WIDTH = 480;
    private static final int SCROLL_STEP = 16;

    private final Screen screen;
    private final Arming arming;
    private final JFrame frame;
    private final Runnable onDismiss;
    private final Panel content = Panel.of(new ColumnLayout(Space.WIDE + Space.SMALL));
    private final Panel footer = Panel.of(new FooterLayout());
    private final Wide body = new Wide(content);
    private final JScrollPane scroll = new JScrollPane(
            body,
            ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
            ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);

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
        layOut(question);
        dismissOnEscapeAndClose();
        armAfterEachChange();
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

    /** After its content changed: as high as it needs to be, where it is. */
    void fit() {
        int height = Math.min(frame.getPreferredSize().height, Screen.area().height);
        if (height != frame.getHeight()) {
            frame.setSize(frame.getWidth(), height);
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

    private void dismiss() {
        close();
        onDismiss.run();
    }

    private void layOut(String question) {
        content.add(WrappedText.title(question));
        body.setBorder(Space.around(Space.EDGE, Space.EDGE));
        scroll.setBorder(null);
        scroll.getVerticalScrollBar().setUnitIncrement(Space.of(SCROLL_STEP));
        scroll.getViewport().setOpaque(false);
        scroll.setOpaque(false);
        Panel bottom = Panel.of(new ColumnLayout(0), footer);
        bottom.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(1, 0, 0, 0, Palette.LINE.color()),
                Space.around(Space.WIDE, Space.EDGE)));
        bottom.setBackground(Palette.CARD.color());
        bottom.setOpaque(true);
        frame.add(scroll, BorderLayout.CENTER);
        frame.add(bottom, BorderLayout.SOUTH);
        frame.setResizable(false);
    }

    private void dismissOnEscapeAndClose() {
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                dismiss();
            }
        });
        frame.getRootPane()
                .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), DISMISS);
        frame.getRootPane().getActionMap().put(DISMISS, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                dismiss();
            }
        });
    }

    private void armAfterEachChange() {
        WindowAdapter turnedTo = new WindowAdapter() {
            @Override
            public void windowGainedFocus(WindowEvent event) {
                arming.restart();
            }

            @Override
            public void windowStateChanged(WindowEvent event) {
                arming.restart();
            }
        };
        frame.addWindowFocusListener(turnedTo);
        frame.addWindowStateListener(turnedTo);
        frame.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentShown(ComponentEvent event) {
                arming.restart();
            }

            @Override
            public void componentMoved(ComponentEvent event) {
                arming.restart();
            }

            @Override
            public void componentResized(ComponentEvent event) {
                arming.restart();
            }
        });
    }

    /** What is scrolled: as wide as the window, whatever is in it. */
    private static final class Wide extends JComponent implements Scrollable {

        private Wide(Panel content) {
            setLayout(new ColumnLayout(0));
            add(content);
        }

        @Override
        public Dimension getPreferredSize() {
            int width = contentWidth() + 2 * Space.of(Space.EDGE);
            if (getWidth() != width) {
                setSize(width, getHeight());
            }
            return new Dimension(width, getLayout().preferredLayoutSize(this).height);
        }

        @Override
        public Dimension getPreferredScrollableViewportSize() {
            return getPreferredSize();
        }

        @Override
        public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
            return Space.of(SCROLL_STEP);
        }

        @Override
        public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
            return visible.height;
        }

        @Override
        public boolean getScrollableTracksViewportWidth() {
            return true;
        }

        @Override
        public boolean getScrollableTracksViewportHeight() {
            return false;
        }
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
