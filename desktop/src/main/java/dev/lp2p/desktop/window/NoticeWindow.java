package dev.lp2p.desktop.window;

import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.desktop.widget.BesideLayout;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.OriginCard;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.BorderLayout;
import java.awt.Rectangle;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JWindow;
import javax.swing.Timer;

/** Says in a corner of the screen what connected, and goes by itself. Takes no focus. */
final class NoticeWindow {

    static final int MILLIS = 8_000;

    private static final int WIDTH = 340;

    private final JWindow window = new JWindow();
    private final Timer end = new Timer(MILLIS, event -> close());
    private final Runnable onClosed;

    NoticeWindow(Peer peer, Origin origin, Runnable onClosed) {
        this.onClosed = onClosed;
        Panel words = Panel.column(
                Space.SMALL,
                WrappedText.strong("Connected to " + Texts.quoted(peer.displayName())),
                OriginCard.text(origin));
        JPanel ground = new JPanel(new BorderLayout(Space.of(Space.USUAL), 0));
        ground.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createLineBorder(Palette.LINE.color()), Space.around(Space.WIDE, Space.WIDE)));
        ground.add(Panel.of(new BesideLayout(Space.WIDE), Glyph.LINK.label(Palette.ACCENT.color()), words));
        ground.add(Panel.of(new BorderLayout(), cross()), BorderLayout.EAST);
        window.add(ground);
        window.setFocusableWindowState(false);
        window.setAutoRequestFocus(false);
        window.setAlwaysOnTop(true);
        window.getAccessibleContext().setAccessibleName("Connected to " + Texts.quoted(peer.displayName()));
        end.setRepeats(false);
    }

    JWindow window() {
        return window;
    }

    /** Returns what is left of the corner above it. */
    void show(Rectangle area, int above) {
        int width = Math.min(Space.of(WIDTH), area.width);
        window.pack();
        window.setSize(width, window.getHeight());
        window.validate();
        int height = window.getPreferredSize().height;
        int edge = Space.of(Space.EDGE);
        window.setBounds(
                area.x + area.width - width - edge, area.y + area.height - above - height - edge, width, height);
        window.setVisible(true);
        end.start();
    }

    void close() {
        end.stop();
        window.dispose();
        onClosed.run();
    }

    private JButton cross() {
        JButton cross = new JButton(Glyph.CROSS.icon(Space.WIDE + Space.TINY, Palette.MUTED.color()));
        cross.putClientProperty("JButton.buttonType", "toolBarButton");
        cross.getAccessibleContext().setAccessibleName("Close this notice");
        cross.addActionListener(event -> close());
        return cross;
    }
}
