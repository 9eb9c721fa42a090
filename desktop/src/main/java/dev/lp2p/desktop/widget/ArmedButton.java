package dev.lp2p.desktop.widget;

import java.awt.AlphaComposite;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.KeyEvent;
import javax.swing.DefaultButtonModel;
import javax.swing.JButton;
import javax.swing.KeyStroke;
import javax.swing.Timer;

/**
 * A button that answers something, and so takes no press while its window is not armed: not by the mouse, the keyboard, a
 * mnemonic or an assistive technology, and neither one that began before and ends after.
 */
public final class ArmedButton extends JButton {

    private static final float PAUSED_OPACITY = 0.45f;

    /** Timers may fire a little early; then the button would be painted as it was. */
    private static final int PAINT_DELAY_MILLIS = (int) Arming.PAUSE.toMillis() + 20;

    private final transient Arming arming;
    private final Timer repaint = new Timer(PAINT_DELAY_MILLIS, event -> repaint());

    /** @param mnemonic a letter of {@code text} */
    public ArmedButton(String text, char mnemonic, Arming arming, Runnable action) {
        super(text);
        this.arming = arming;
        Texts.disableHtml(this);
        setDefaultCapable(false);
        // Enter is typed at the end of many things; who means a button presses the space bar or its mnemonic.
        getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "none");
        setModel(new ArmedModel());
        setMnemonic(mnemonic);
        addActionListener(event -> action.run());
        repaint.setRepeats(false);
        arming.onRestart(this::pause);
    }

    @Override
    public void paint(Graphics graphics) {
        if (arming.isArmed()) {
            super.paint(graphics);
            return;
        }
        Graphics2D faint = (Graphics2D) graphics.create();
        faint.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, PAUSED_OPACITY));
        super.paint(faint);
        faint.dispose();
    }

    private void pause() {
        // In this order: a pressed button that is no longer armed is released without an action.
        getModel().setArmed(false);
        getModel().setPressed(false);
        repaint();
        repaint.restart();
    }

    private final class ArmedModel extends DefaultButtonModel {

        @Override
        public void setPressed(boolean pressed) {
            if (!pressed || arming.isArmed()) {
                super.setPressed(pressed);
            }
        }
    }
}
