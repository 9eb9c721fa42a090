package dev.lp2p.desktop.widget;

import java.awt.Component;
import java.awt.Dimension;
import java.util.List;

/** The buttons of a window: the first at the left, the others at the right; or one below the other where that is too wide. */
public final class FooterLayout extends HeightForWidthLayout {

    private final int gap = Space.of(Space.USUAL);

    @Override
    int flow(List<Component> children, int x, int y, int width, boolean place) {
        int lineHeight = children.stream()
                .mapToInt(child -> child.getPreferredSize().height)
                .max()
                .orElse(0);
        if (likedWidth(children) > width) {
            for (int i = 0; place && i < children.size(); i++) {
                children.get(i).setBounds(x, y + i * (lineHeight + gap), width, lineHeight);
            }
            return children.size() * (lineHeight + gap) - gap;
        }
        int right = x + width;
        for (int i = children.size() - 1; place && i >= 0; i--) {
            Dimension size = children.get(i).getPreferredSize();
            int left = i == 0 ? x : right - size.width;
            children.get(i).setBounds(left, y, size.width, lineHeight);
            right = left - gap;
        }
        return lineHeight;
    }

    @Override
    int likedWidth(List<Component> children) {
        return children.stream()
                        .mapToInt(child -> child.getPreferredSize().width + gap)
                        .sum()
                + Space.of(Space.EDGE);
    }
}
