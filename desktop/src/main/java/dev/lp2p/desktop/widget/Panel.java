package dev.lp2p.desktop.widget;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.LayoutManager;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** A group of components, with a rounded ground and line or without. */
public final class Panel extends JPanel {

    private static final int ARC = 12;

    private final @Nullable Color ground;
    private final @Nullable Color line;

    private Panel(LayoutManager layout, @Nullable Color ground, @Nullable Color line, Component... children) {
        super(layout);
        this.ground = ground;
        this.line = line;
        setOpaque(false);
        for (Component child : children) {
            add(child);
        }
    }

    public static Panel of(LayoutManager layout, Component... children) {
        return new Panel(layout, null, null, children);
    }

    public static Panel column(int gap, Component... children) {
        return of(new ColumnLayout(gap), children);
    }

    public static Panel card(LayoutManager layout, Component... children) {
        Panel card = new Panel(layout, Palette.CARD.color(), Palette.LINE.color(), children);
        card.setBorder(Space.around(Space.WIDE, Space.WIDE + Space.TINY));
        return card;
    }

    /** What is chosen among others. */
    public static Panel chosen(LayoutManager layout, Component... children) {
        return new Panel(layout, Palette.ACCENT_GROUND.color(), Palette.ACCENT.color(), children);
    }

    /** Something to be careful about. */
    public static Panel warning(Component text) {
        Panel warning = new Panel(
                new BesideLayout(Space.WIDE),
                Palette.WARNING_GROUND.color(),
                Palette.WARNING_LINE.color(),
                Glyph.WARNING.label(Palette.WARNING_TEXT.color()),
                text);
        warning.setBorder(Space.around(Space.USUAL + Space.TINY, Space.WIDE + Space.TINY));
        return warning;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        if (ground == null || line == null) {
            return;
        }
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        float arc = Space.of(ARC);
        g.setColor(line);
        g.fill(new RoundRectangle2D.Float(0, 0, getWidth(), getHeight(), arc, arc));
        g.setColor(ground);
        g.fill(new RoundRectangle2D.Float(1, 1, getWidth() - 2, getHeight() - 2, arc - 2, arc - 2));
        g.dispose();
    }
}
