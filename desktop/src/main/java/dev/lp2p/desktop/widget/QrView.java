package dev.lp2p.desktop.widget;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import javax.swing.Icon;
import javax.swing.JLabel;

/** A QR code, dark on light in every appearance: readers need it so. */
public final class QrView {

    /** Modules of light around the code, as ISO/IEC 18004 asks. */
    private static final int QUIET_ZONE = 4;

    private static final int SIZE = 180;

    private QrView() {}

    public static JLabel of(String text) {
        JLabel label = new JLabel(new QrIcon(encode(text)));
        label.getAccessibleContext().setAccessibleName("QR code with the same code, to scan with the other device");
        return label;
    }

    private static ByteMatrix encode(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.H).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("Too long for a QR code", e);
        }
    }

    private record QrIcon(ByteMatrix modules) implements Icon {

        @Override
        public void paintIcon(Component component, Graphics g, int x, int y) {
            int module = module();
            g.setColor(Color.WHITE);
            g.fillRoundRect(x, y, getIconWidth(), getIconHeight(), 2 * module, 2 * module);
            g.setColor(Color.BLACK);
            for (int row = 0; row < modules.getHeight(); row++) {
                for (int column = 0; column < modules.getWidth(); column++) {
                    if (modules.get(column, row) == 1) {
                        g.fillRect(x + (column + QUIET_ZONE) * module, y + (row + QUIET_ZONE) * module, module, module);
                    }
                }
            }
        }

        @Override
        public int getIconWidth() {
            return module() * (modules.getWidth() + 2 * QUIET_ZONE);
        }

        @Override
        public int getIconHeight() {
            return getIconWidth();
        }

        /** Whole pixels, so that no module is wider than another. */
        private int module() {
            return Math.max(1, Space.of(SIZE) / (modules.getWidth() + 2 * QUIET_ZONE));
        }
    }
}
