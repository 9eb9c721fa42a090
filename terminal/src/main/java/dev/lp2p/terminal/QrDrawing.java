package dev.lp2p.terminal;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code as lines of cells, two modules each, dark on light whatever the terminal's own colours are. A cell of one
 * colour is all background: the blocks of many fonts are a pixel short, and such hairlines made codes unreadable.
 */
final class QrDrawing {

    /** Modules of light around the code; ISO/IEC 18004 asks for four, readers are content with two. */
    private static final int QUIET_ZONE = 2;

    private static final String LOWER_HALF = "▄";
    private static final int BLACK = 16;
    private static final int WHITE = 231;
    private static final String RESET = "\u001b[0m";

    private QrDrawing() {}

    static List<String> draw(String text) {
        ByteMatrix modules = encode(text);
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET_ZONE; y < modules.getHeight() + QUIET_ZONE; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -QUIET_ZONE; x < modules.getWidth() + QUIET_ZONE; x++) {
                line.append(cell(isDark(modules, x, y), isDark(modules, x, y + 1)));
            }
            lines.add(line.append(RESET).toString());
        }
        return lines;
    }

    static int columns(String text) {
        return encode(text).getWidth() + 2 * QUIET_ZONE;
    }

    private static String cell(boolean upper, boolean lower) {
        String background = "\u001b[48;5;" + color(upper);
        return upper == lower ? background + "m " : background + ";38;5;" + color(lower) + "m" + LOWER_HALF;
    }

    private static int color(boolean dark) {
        return dark ? BLACK : WHITE;
    }

    private static boolean isDark(ByteMatrix modules, int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    private static ByteMatrix encode(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.H).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("Too long for a QR code", e);
        }
    }
}
