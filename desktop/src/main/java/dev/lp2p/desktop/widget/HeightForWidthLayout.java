package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.LayoutManager;
import java.util.Arrays;
import java.util.List;

/** A layout whose height follows from its width, as that of text does, and of which nothing is ever cut off. */
abstract class HeightForWidthLayout implements LayoutManager {

    /** Places the children if {@code place}. Returns the height that they take. */
    abstract int flow(List<Component> children, int x, int y, int width, boolean place);

    /** The width at which no child is narrower than it likes to be. */
    abstract int likedWidth(List<Component> children);

    @Override
    public final Dimension preferredLayoutSize(Container parent) {
        List<Component> children = visible(parent);
        int width = Space.innerWidth(parent);
        int used = width > 0 ? width : likedWidth(children);
        return Space.withInsets(parent, used, flow(children, 0, 0, used, false));
    }

    @Override
    public final Dimension minimumLayoutSize(Container parent) {
        return preferredLayoutSize(parent);
    }

    @Override
    public final void layoutContainer(Container parent) {
        flow(visible(parent), parent.getInsets().left, parent.getInsets().top, Space.innerWidth(parent), true);
    }

    @Override
    public final void addLayoutComponent(String name, Component component) {}

    @Override
    public final void removeLayoutComponent(Component component) {}

    private static List<Component> visible(Container parent) {
        return Arrays.stream(parent.getComponents())
                .filter(Component::isVisible)
                .toList();
    }
}
