package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.Space;
import java.awt.Dimension;
import java.awt.GraphicsConfiguration;
import java.awt.GraphicsEnvironment;
import java.awt.Insets;
import java.awt.MouseInfo;
import java.awt.PointerInfo;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The windows that stand open. What one uncovers or covers is another, so each that comes or goes pauses all. */
public final class Screen {

    private static final int CASCADE = 28;
    private static final int CASCADED = 6;

    private final InstantSource clock;
    private final List<Arming> open = new ArrayList<>();
    private int shown;

    public Screen(InstantSource clock) {
        this.clock = clock;
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    Arming arming() {
        return new Arming(clock);
    }

    void opened(Arming window) {
        open.add(window);
        open.forEach(Arming::restart);
    }

    void closed(Arming window) {
        open.remove(window);
        open.forEach(Arming::restart);
    }

    /** In the middle of the screen that the user looks at, and not exactly over the window before. */
    Rectangle place(Dimension size) {
        Rectangle area = area();
        int shift = Space.of(CASCADE) * (shown++ % CASCADED);
        int width = Math.min(size.width, area.width);
        int height = Math.min(size.height, area.height);
        int x = area.x + (area.width - width) / 2 + shift;
        int y = area.y + (area.height - height) / 3 + shift;
        return new Rectangle(
                Math.min(x, area.x + area.width - width), Math.min(y, area.y + area.height - height), width, height);
    }

    /** Where the pointer is, without what the desktop keeps for itself. */
    static Rectangle area() {
        PointerInfo pointer = MouseInfo.getPointerInfo();
        GraphicsConfiguration screen = (pointer == null
                        ? GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice()
                        : pointer.getDevice())
                .getDefaultConfiguration();
        Rectangle area = screen.getBounds();
        Insets taken = Toolkit.getDefaultToolkit().getScreenInsets(screen);
        return new Rectangle(
                area.x + taken.left,
                area.y + taken.top,
                area.width - taken.left - taken.right,
                area.height - taken.top - taken.bottom);
    }
}
