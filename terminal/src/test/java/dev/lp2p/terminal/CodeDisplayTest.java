package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodeDisplayTest {

    private static final String DIGITS = "061-488-548";
    private static final String QR = "3AA4564";

    /** Blocks that fill a cell are not among them: in many fonts they leave hairlines, at which readers fail. */
    private static final Pattern CELL = Pattern.compile("\u001b\\[48;5;(\\d+)(?:;38;5;(\\d+))?m([ ▄])");

    private static final int BACKGROUND = 1;
    private static final int FOREGROUND = 2;
    private static final int GLYPH = 3;

    @Test
    void aPhoneReadsTheQrCodeOffTheScreen() throws Exception {
        List<List<MatchResult>> lines = QrDrawing.draw("E5100CBE1").stream()
                .map(line -> CELL.matcher(line).results().toList())
                .toList();
        int scale = 8;
        int width = lines.get(0).size() * scale;
        int height = lines.size() * 2 * scale;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                MatchResult cell = lines.get(y / (2 * scale)).get(x / scale);
                boolean isGlyph = y / scale % 2 == 1 && cell.group(GLYPH).equals("▄");
                pixels[y * width + x] =
                        cell.group(isGlyph ? FOREGROUND : BACKGROUND).equals("16") ? 0 : 0xFFFFFF;
            }
        }
        BinaryBitmap image = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));

        assertThat(new QRCodeReader().decode(image).getText()).isEqualTo("E5100CBE1");
    }

    @Test
    void theCodeStandsBesideItsQrCodeAtEightyColumns() {
        String screen = withoutSequences(String.join("\n", CodeDisplay.draw(DIGITS, QR, 80)));

        assertThat(screen.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
        assertThat(screen.lines()
                        .map(line -> line.substring(Math.min(30, line.length())).strip()))
                .containsSubsequence(
                        "█▀█ █▀▀ ▀█      █ █ █▀█ █▀█     █▀▀ █ █ █▀█",
                        "█ █ █▀█  █  ▀▀▀ ▀▀█ █▀█ █▀█ ▀▀▀ ▀▀█ ▀▀█ █▀█",
                        "█▄█ █▄█ ▄█▄       █ █▄█ █▄█     ▄▄█   █ █▄█",
                        "061-488-548");
    }

    @Test
    void aLongCodeStandsAboveItsQrCode() {
        List<String> lines = CodeDisplay.draw("0614-8854-8833", "E5100CBE1", 80).stream()
                .map(CodeDisplayTest::withoutSequences)
                .toList();

        assertThat(lines.get(5)).isEqualTo("  0614-8854-8833");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    private static String withoutSequences(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
