package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.util.List;

/** A picture or a control, and beside it what takes the rest of the width. */
public final class BesideLayout extends HeightForWidthLayout {

    private final int gap;

    public BesideLayout(int gapUnits) {
        this.gap = Space.of(gapUnits);
    }

    @Override
    int flow(List<Component> children, int x, int y, int width, boolean place) {
        Component first = children.get(0);
        Component rest = children.get(1);
        int firstWidth = first.getPreferredSize().width;
        int firstHeight = first.getPreferredSize().height;
        int restWidth = Math.max(1, width - firstWidth - gap);
        int restHeight = Space.heightAt(rest, restWidth);
        if (place) {
            // A single line stands at the middle of the picture; several begin where it does.
            int lower = Math.max(0, (firstHeight - restHeight) / 2);
            int upper = Math.max(0, (firstLineHeight(rest) - firstHeight) / 2);
            first.setBounds(x, y + upper, firstWidth, firstHeight);
            rest.setBounds(x + firstWidth + gap, y + lower, restWidth, restHeight);
        }
        return Math.max(firstHeight, restHeight);
    }

    private static int firstLineHeight(Component component) {
        return component instanceof Panel panel && panel.getComponentCount() > 0
                ? firstLineHeight(panel.getComponent(0))
                : component.getFontMetrics(component.getFont()).getHeight();
    }

    @Override
    int likedWidth(List<Component> children) {
        return gap
                + children.stream()
                        .mapToInt(child -> child.getPreferredSize().width)
                        .sum();
    }
}
