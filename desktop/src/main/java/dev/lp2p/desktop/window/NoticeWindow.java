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
import dev.lp2p.desktop.widget.TrailingLayout;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.Rectangle;
import java.util.function.Consumer;
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
    private final Consumer<NoticeWindow> onClosed;

    NoticeWindow(Peer peer, Origin origin, Consumer<NoticeWindow> onClosed) {
        this.onClosed = onClosed;
        Panel words = Panel.column(
                Space.SMALL,
                WrappedText.strong("Connected to " + Texts.quoted(peer.displayName())),
                OriginCard.text(origin));
        JPanel ground = new JPanel(new TrailingLayout(Space.USUAL));
        ground.setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createLineBorder(Palette.LINE.color()), Space.around(Space.WIDE, Space.WIDE)));
        ground.add(Panel.of(new BesideLayout(Space.WIDE), Glyph.LINK.label(Palette.ACCENT.color()), words));
        ground.add(cross());
        window.add(ground);
        window.setFocusableWindowState(false);
        window.setAutoRequestFocus(false);
        window.setAlwaysOnTop(true);
        window.getAccessibleContext().setAccessibleName("Connected to " + Texts.quoted(peer.displayName()));
        end.setRepeats(false);
    }

    /** With the gap to the next one. */
    int height() {
        return window.getHeight() + Space.of(Space.USUAL);
    }

    /** @param taken by those below it */
    void show(Rectangle area, int taken) {
        int width = Math.min(Space.of(WIDTH), area.width);
        // Text tells its height only in a window that has a width.
        window.pack();
        window.setSize(width, window.getHeight());
        window.validate();
        int height = window.getPreferredSize().height;
        int edge = Space.of(Space.EDGE);
        window.setBounds(
                area.x + area.width - width - edge, area.y + area.height - taken - height - edge, width, height);
        window.setVisible(true);
        end.start();
    }

    void close() {
        end.stop();
        window.dispose();
        onClosed.accept(this);
    }

    private JButton cross() {
        JButton cross = new JButton(Glyph.CROSS.icon(Space.WIDE + Space.TINY, Palette.MUTED.color()));
        cross.putClientProperty("JButton.buttonType", "toolBarButton");
        cross.getAccessibleContext().setAccessibleName("Close this notice");
        cross.addActionListener(event -> close());
        return cross;
    }
}
