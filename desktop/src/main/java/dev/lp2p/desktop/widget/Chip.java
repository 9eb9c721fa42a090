package dev.lp2p.desktop.widget;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JLabel;

/** A word or two on a coloured ground: what kind of thing a row is about. The words say all that the colour does. */
public final class Chip extends JLabel {

    private final Color ground;

    private Chip(String text, Palette ground, Palette foreground) {
        super(text);
        Texts.disableHtml(this);
        this.ground = ground.color();
        setFont(Typography.SMALL_STRONG.font());
        setForeground(foreground.color());
        setBorder(Space.around(Space.TINY, Space.USUAL));
    }

    public static Chip good(String text) {
        return new Chip(text, Palette.GOOD_GROUND, Palette.GOOD_TEXT);
    }

    public static Chip accent(String text) {
        return new Chip(text, Palette.ACCENT, Palette.ON_ACCENT);
    }

    public static Chip plain(String text) {
        return new Chip(text, Palette.PLAIN_GROUND, Palette.PLAIN_TEXT);
    }

    public static Chip warning(String text) {
        return new Chip(text, Palette.WARNING_GROUND, Palette.WARNING_TEXT);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(ground);
        g.fillRoundRect(0, 0, getWidth(), getHeight(), getHeight(), getHeight());
        g.dispose();
        super.paintComponent(graphics);
    }
}
