package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import java.awt.Dimension;
import java.awt.Rectangle;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.Scrollable;

/** Scrolls up and down what is always as wide as there is room for, so that nothing is out of sight at a side. */
final class WideScroll extends JScrollPane {

    private static final int STEP = 20;

    /** @param width of the content before it has another */
    WideScroll(Panel content, int width) {
        super(
                new Content(content, width),
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        setBorder(null);
        setOpaque(false);
        getViewport().setOpaque(false);
    }

    private static final class Content extends JComponent implements Scrollable {

        private final int width;

        private Content(Panel content, int width) {
            this.width = width + 2 * Space.of(Space.EDGE);
            setLayout(new ColumnLayout(0));
            setBorder(Space.around(Space.EDGE, Space.EDGE));
            add(content);
        }

        @Override
        public Dimension getPreferredSize() {
            if (getWidth() == 0) {
                setSize(width, 1);
            }
            return super.getPreferredSize();
        }

        @Override
        public Dimension getPreferredScrollableViewportSize() {
            return getPreferredSize();
        }

        @Override
        public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
            return Space.of(STEP);
        }

        @Override
        public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
            return visible.height;
        }

        @Override
        public boolean getScrollableTracksViewportWidth() {
            return true;
        }

        @Override
        public boolean getScrollableTracksViewportHeight() {
            return false;
        }
    }
}
