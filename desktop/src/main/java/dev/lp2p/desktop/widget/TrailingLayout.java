package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.awt.Dimension;
import java.util.List;

/** What takes the width, and a control at its end. */
public final class TrailingLayout extends HeightForWidthLayout {

    private final int gap;

    public TrailingLayout(int gapUnits) {
        this.gap = Space.of(gapUnits);
    }

    @Override
    int flow(List<Component> children, int x, int y, int width, boolean place) {
        Component rest = children.get(0);
        Component last = children.get(1);
        Dimension size = last.getPreferredSize();
        int restWidth = Math.max(1, width - size.width - gap);
        int restHeight = Space.heightAt(rest, restWidth);
        if (place) {
            rest.setBounds(x, y, restWidth, restHeight);
            last.setBounds(x + restWidth + gap, y, size.width, size.height);
        }
        return Math.max(restHeight, size.height);
    }

    @Override
    int likedWidth(List<Component> children) {
        return gap
                + children.stream()
                        .mapToInt(child -> child.getPreferredSize().width)
                        .sum();
    }
}
