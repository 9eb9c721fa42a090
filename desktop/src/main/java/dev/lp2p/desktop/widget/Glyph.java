package dev.lp2p.desktop.widget;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Locale;
import java.util.Scanner;
import javax.swing.Icon;
import javax.swing.JLabel;
import org.jspecify.annotations.Nullable;

/** Pictures of lines, on a grid of 24 by 24, in any colour and size. */
public enum Glyph {
    SITE("A 12 12 9 9  M 3 12 L 21 12  A 12 12 4 9"),
    PROGRAM("R 3 4 18 16 3  M 7 9 L 10 12 L 7 15  M 12.5 15.5 L 17 15.5"),
    EXTENSION("M 9 6.5 L 4 6.5 L 4 20 L 18 20 L 18 15  M 13 6.5 L 18 6.5 L 18 10  A 11 5 2.2 2.2  A 19.5 12.5 2.2 2.2"),
    DEVICE("R 3 5 12.5 10 2  M 9.2 15 L 9.2 19  M 6 19 L 12 19  R 15.5 9 5.5 10.5 1.6  M 18 16.8 L 18.5 16.8"),
    WARNING("M 12 3.6 L 21.6 20 L 2.4 20 Z  M 12 9.6 L 12 14  M 12 17 L 12 17.05"),
    CHECK("M 5 12.5 L 10 17.5 L 19.5 7"),
    CROSS("M 6 6 L 18 18  M 18 6 L 6 18"),
    LINK("M 3 12 L 8 12  M 16 12 L 21 12  A 12 12 4 4  A 12 12 0.6 0.6");

    private static final float GRID = 24;
    private static final float STROKE = 1.7f;
    private static final int USUAL_SIZE = 22;

    private final String drawing;

    /** @param drawing M and L and Z as in SVG; A an ellipse by centre and radii; R a rounded rectangle */
    Glyph(String drawing) {
        this.drawing = drawing;
    }

    public Icon icon(int units, Color color) {
        return new GlyphIcon(path(drawing), Space.of(units), color);
    }

    /** In pixels of the screen, whatever the size of text. */
    public Icon pixels(int size, Color color) {
        return new GlyphIcon(path(drawing), size, color);
    }

    public JLabel label(Color color) {
        JLabel label = new JLabel(icon(USUAL_SIZE, color));
        label.getAccessibleContext().setAccessibleName(name().toLowerCase(Locale.ROOT));
        return label;
    }

    private static Path2D path(String drawing) {
        Path2D.Float path = new Path2D.Float();
        try (Scanner words = new Scanner(drawing).useLocale(Locale.ROOT)) {
            while (words.hasNext()) {
                switch (words.next()) {
                    case "M" -> path.moveTo(words.nextFloat(), words.nextFloat());
                    case "L" -> path.lineTo(words.nextFloat(), words.nextFloat());
                    case "Z" -> path.closePath();
                    case "A" ->
                        appendEllipse(path, words.nextFloat(), words.nextFloat(), words.nextFloat(), words.nextFloat());
                    case "R" ->
                        appendRectangle(
                                path,
                                words.nextFloat(),
                                words.nextFloat(),
                                words.nextFloat(),
                                words.nextFloat(),
                                words.nextFloat());
                    default -> throw new IllegalArgumentException(drawing);
                }
            }
        }
        return path;
    }

    private static void appendEllipse(Path2D path, float x, float y, float radiusX, float radiusY) {
        path.append(new Ellipse2D.Float(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY), false);
    }

    private static void appendRectangle(Path2D path, float x, float y, float width, float height, float radius) {
        path.append(new RoundRectangle2D.Float(x, y, width, height, 2 * radius, 2 * radius), false);
    }

    private record GlyphIcon(Path2D path, int size, Color color) implements Icon {

        @Override
        public void paintIcon(@Nullable Component component, Graphics graphics, int x, int y) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.translate(x, y);
            g.scale(size / GRID, size / GRID);
            g.setColor(color);
            g.setStroke(new BasicStroke(STROKE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(path);
            g.dispose();
        }

        @Override
        public int getIconWidth() {
            return size;
        }

        @Override
        public int getIconHeight() {
            return size;
        }
    }
}
