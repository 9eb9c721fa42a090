package dev.lp2p.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeDisplayTest {

    private static final String DIGITS = "061-488-548";
    private static final String QR = "3AA4564";

    @Test
    void aPhoneReadsTheQrCodeOffTheScreen() throws Exception {
        List<String> lines = QrDrawing.draw("E5100CBE1").stream()
                .map(CodeDisplayTest::withoutSequences)
                .toList();
        int scale = 8;
        int width = lines.get(0).length() * scale;
        int height = lines.size() * 2 * scale;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char c = lines.get(y / (2 * scale)).charAt(x / scale);
                boolean upper = y / scale % 2 == 0;
                boolean dark = c == '█' || c == (upper ? '▀' : '▄');
                pixels[y * width + x] = dark ? 0 : 0xFFFFFF;
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
