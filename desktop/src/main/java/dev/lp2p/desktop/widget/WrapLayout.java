package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.awt.Dimension;
import java.util.List;

/** In lines from the left, as many as the width asks for. */
public final class WrapLayout extends HeightForWidthLayout {

    private final int gap;

    public WrapLayout(int gapUnits) {
        this.gap = Space.of(gapUnits);
    }

    @Override
    int flow(List<Component> children, int x, int y, int width, boolean place) {
        int left = 0;
        int top = 0;
        int lineHeight = 0;
        for (Component child : children) {
            Dimension size = child.getPreferredSize();
            if (left > 0 && left + size.width > width) {
                left = 0;
                top += lineHeight + gap;
                lineHeight = 0;
            }
            if (place) {
                child.setBounds(x + left, y + top, Math.min(size.width, width), size.height);
            }
            left += size.width + gap;
            lineHeight = Math.max(lineHeight, size.height);
        }
        return top + lineHeight;
    }

    @Override
    int likedWidth(List<Component> children) {
        return children.stream()
                .mapToInt(child -> child.getPreferredSize().width + gap)
                .sum();
    }
}
