package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.Arming;
import java.awt.event.ActionEvent;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;

/** What holds for every window that has something to press. */
final class FrameRules {

    private static final String DISMISS = "dismiss";

    private FrameRules() {}

    /** Whoever made it appear, move or change chose the moment. */
    static void pauseAfterEachChange(JFrame frame, Arming arming) {
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

    /** Escape, and what the desktop offers to close a window. */
    static void onDismissal(JFrame frame, Runnable dismiss) {
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                dismiss.run();
            }
        });
        frame.getRootPane()
                .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), DISMISS);
        frame.getRootPane().getActionMap().put(DISMISS, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                dismiss.run();
            }
        });
    }
}
