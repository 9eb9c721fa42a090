package dev.lp2p.desktop.widget;

import com.formdev.flatlaf.FlatLaf;
import java.awt.Color;
import java.util.Map;

/** The colours of both appearances. Text stands out from its ground by 4.5 to 1 or more. */
public enum Palette {
    GROUND(0xFCFCFD, 0x1D1F24),
    CARD(0xF2F4F8, 0x272A31),
    LINE(0xDFE3EA, 0x3A3F49),
    CONTROL_LINE(0xBFC5D0, 0x4D535F),
    CONTROL(0x8A92A1, 0x7C8493),
    TEXT(0x1A1E26, 0xECEEF2),
    MUTED(0x5A6272, 0xA7AEBB),
    /** Only for what says nothing of its own. */
    FAINT(0xA3ABB9, 0x6A7180),
    ACCENT(0x2B66E0, 0x6F9DFF),
    ACCENT_GROUND(0xE5EDFF, 0x25365E),
    ON_ACCENT(0xFFFFFF, 0x10192E),
    GOOD_GROUND(0xE2F5E9, 0x1E3B2B),
    GOOD_TEXT(0x14603A, 0x93E2B4),
    PLAIN_GROUND(0xE8EBF1, 0x363A44),
    PLAIN_TEXT(0x485060, 0xC5CAD4),
    WARNING_GROUND(0xFFF3DC, 0x3A2F18),
    WARNING_LINE(0xEFD198, 0x5F4D24),
    WARNING_TEXT(0x704400, 0xFFD68C);

    private final Color light;
    private final Color dark;

    Palette(int light, int dark) {
        this.light = new Color(light);
        this.dark = new Color(dark);
    }

    /** In the appearance that is set now. */
    public Color color() {
        return FlatLaf.isLafDark() ? dark : light;
    }

    /** What the look and feel takes over. */
    static Map<String, String> defaults(boolean isDark) {
        return Map.ofEntries(
                Map.entry("@background", GROUND.hex(isDark)),
                Map.entry("@foreground", TEXT.hex(isDark)),
                Map.entry("@accentColor", ACCENT.hex(isDark)),
                Map.entry("Label.disabledForeground", MUTED.hex(isDark)),
                Map.entry("Component.borderColor", CONTROL_LINE.hex(isDark)),
                Map.entry("Button.borderColor", CONTROL_LINE.hex(isDark)),
                Map.entry("CheckBox.icon.borderColor", CONTROL.hex(isDark)),
                Map.entry("Separator.foreground", LINE.hex(isDark)),
                Map.entry("List.background", GROUND.hex(isDark)),
                Map.entry("List.selectionBackground", ACCENT_GROUND.hex(isDark)),
                Map.entry("List.selectionForeground", TEXT.hex(isDark)),
                Map.entry("List.selectionInactiveBackground", ACCENT_GROUND.hex(isDark)),
                Map.entry("List.selectionInactiveForeground", TEXT.hex(isDark)),
                Map.entry("Table.selectionBackground", ACCENT_GROUND.hex(isDark)),
                Map.entry("Table.selectionForeground", TEXT.hex(isDark)),
                Map.entry("Table.selectionInactiveBackground", PLAIN_GROUND.hex(isDark)),
                Map.entry("Table.selectionInactiveForeground", TEXT.hex(isDark)),
                Map.entry("TextField.placeholderForeground", FAINT.hex(isDark)),
                Map.entry("Component.arc", "8"),
                Map.entry("TextComponent.arc", "8"),
                Map.entry("Button.arc", "8"),
                Map.entry("ScrollPane.arc", "12"),
                Map.entry("Button.margin", "5,14,5,14"),
                Map.entry("ScrollBar.thumbArc", "999"),
                Map.entry("ScrollBar.width", "10"),
                Map.entry("ScrollBar.trackArc", "999"),
                Map.entry("Component.focusWidth", "1"),
                // The user finds what the keyboard can reach without a key that shows it first.
                Map.entry("Component.hideMnemonics", "false"));
    }

    private String hex(boolean isDark) {
        return String.format("#%06X", (isDark ? dark : light).getRGB() & 0xFFFFFF);
    }
}
