package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.util.List;

/** One below the other, each as wide as the column. */
public final class ColumnLayout extends HeightForWidthLayout {

    private final int gap;

    public ColumnLayout(int gapUnits) {
        this.gap = Space.of(gapUnits);
    }

    @Override
    int flow(List<Component> children, int x, int y, int width, boolean place) {
        int height = 0;
        for (Component child : children) {
            int childHeight = Space.heightAt(child, width);
            height += height == 0 ? 0 : gap;
            if (place) {
                child.setBounds(x, y + height, width, childHeight);
            }
            height += childHeight;
        }
        return height;
    }

    @Override
    int likedWidth(List<Component> children) {
        return children.stream()
                .mapToInt(child -> child.getPreferredSize().width)
                .max()
                .orElse(0);
    }
}
