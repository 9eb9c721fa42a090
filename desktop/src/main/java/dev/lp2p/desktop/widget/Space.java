package dev.lp2p.desktop.widget;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import javax.swing.BorderFactory;
import javax.swing.border.Border;

/** Distances, in units that grow with the system's size of text. */
public final class Space {

    public static final int TINY = 2;
    public static final int SMALL = 4;
    public static final int USUAL = 8;
    public static final int WIDE = 12;
    public static final int EDGE = 20;

    private Space() {}

    public static int of(int units) {
        return UIScale.scale(units);
    }

    public static Border around(int vertical, int horizontal) {
        return BorderFactory.createEmptyBorder(of(vertical), of(horizontal), of(vertical), of(horizontal));
    }

    /** How high a component is at a width: text breaks its lines by it. */
    static int heightAt(Component component, int width) {
        // A text without a height takes no notice of its width.
        component.setSize(width, Math.max(1, component.getHeight()));
        return component.getPreferredSize().height;
    }

    /** What is left of a container's width for its children, or none if it has no width yet. */
    static int innerWidth(Container container) {
        Insets insets = container.getInsets();
        return Math.max(0, container.getWidth() - insets.left - insets.right);
    }

    static Dimension withInsets(Container container, int width, int height) {
        Insets insets = container.getInsets();
        return new Dimension(width + insets.left + insets.right, height + insets.top + insets.bottom);
    }
}
