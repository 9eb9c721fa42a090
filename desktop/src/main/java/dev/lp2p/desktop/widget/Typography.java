package dev.lp2p.desktop.widget;

import java.awt.Font;
import javax.swing.UIManager;

/** The sizes and faces of text; all grow with the system's size of text. */
public enum Typography {
    TITLE("semibold.font", 1.4f),
    STRONG("semibold.font", 1.05f),
    BODY("defaultFont", 1f),
    SMALL("defaultFont", 0.9f),
    SMALL_STRONG("semibold.font", 0.85f),
    /** Where 0 and O, 1, l and I must not be taken for each other. */
    ORIGIN("monospaced.font", 1.2f),
    FINGERPRINT("monospaced.font", 0.85f),
    CODE("monospaced.font", 2.7f),
    CODE_FIELD("monospaced.font", 1.8f);

    private final String face;
    private final float size;

    Typography(String face, float size) {
        this.face = face;
        this.size = size;
    }

    public Font font() {
        return UIManager.getFont(face)
                .deriveFont(UIManager.getFont("defaultFont").getSize2D() * size);
    }
}
