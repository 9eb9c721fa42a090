package dev.lp2p.terminal;

import java.util.ArrayList;
import java.util.List;

/** The code that a person carries to the other device: large, and as a QR code where the terminal can draw one. */
public final class CodeDisplay {

    private static final String INDENT = "  ";
    private static final String GAP = "   ";
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private CodeDisplay() {}

    /**
     * @param digits the code with its dashes
     * @param qrText what the QR code holds
     * @param columns the terminal's width
     */
    public static List<String> draw(String digits, String qrText, int columns) {
        List<String> code = new ArrayList<>();
        if (INDENT.length() + 4 * digits.length() < columns) {
            code.addAll(BigDigits.draw(digits));
            code.add("");
        }
        code.add(BOLD + digits + RESET);
        int besideQr = INDENT.length() + QrDrawing.columns(qrText) + GAP.length();
        List<String> qr = QrDrawing.draw(qrText);
        return besideQr + 4 * digits.length() < columns ? beside(qr, code) : below(code, qr);
    }

    /** For where nothing can be drawn. */
    public static List<String> plain(String digits) {
        return List.of("", INDENT + digits, "");
    }

    private static List<String> beside(List<String> qr, List<String> code) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        int codeStart = (qr.size() - code.size()) / 2;
        for (int i = 0; i < qr.size(); i++) {
            boolean hasCode = i >= codeStart && i < codeStart + code.size();
            String line = INDENT + qr.get(i) + (hasCode ? GAP + code.get(i - codeStart) : "");
            lines.add(line.stripTrailing());
        }
        lines.add("");
        return lines;
    }

    private static List<String> below(List<String> code, List<String> qr) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        code.forEach(line -> lines.add((INDENT + line).stripTrailing()));
        lines.add("");
        qr.forEach(line -> lines.add(INDENT + line));
        lines.add("");
        return lines;
    }
}
