package dev.lp2p.desktop.widget;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import javax.swing.Icon;

/** What stands for this program in the tray, in title bars and in lists of windows. */
public final class Sign {

    /** Reads on a light ground and on a dark one. */
    private static final Color COLOR = new Color(0x4C8DFF);

    private static final int[] SIZES = {16, 24, 32, 48, 64};

    private Sign() {}

    public static BufferedImage image(Dimension size) {
        BufferedImage image = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        Icon glyph = Glyph.DEVICE.pixels(Math.min(size.width, size.height), COLOR);
        glyph.paintIcon(null, graphics, 0, 0);
        graphics.dispose();
        return image;
    }

    /** For a desktop to choose from. */
    public static List<BufferedImage> images() {
        return IntStream.of(SIZES)
                .mapToObj(size -> image(new Dimension(size, size)))
                .toList();
    }
}
