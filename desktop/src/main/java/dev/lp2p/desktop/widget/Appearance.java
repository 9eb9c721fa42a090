package dev.lp2p.desktop.widget;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.inter.FlatInterFont;
import com.formdev.flatlaf.fonts.jetbrains_mono.FlatJetBrainsMonoFont;

/** Light or dark, in the system's size of text. On the event dispatch thread. */
public enum Appearance {
    LIGHT,
    DARK;

    /** Sets the look of windows that are made from now on. */
    public void install() {
        FlatInterFont.install();
        FlatJetBrainsMonoFont.install();
        FlatLaf.setPreferredFontFamily(FlatInterFont.FAMILY);
        FlatLaf.setPreferredLightFontFamily(FlatInterFont.FAMILY_LIGHT);
        FlatLaf.setPreferredSemiboldFontFamily(FlatInterFont.FAMILY_SEMIBOLD);
        FlatLaf.setPreferredMonospacedFontFamily(FlatJetBrainsMonoFont.FAMILY);
        FlatLaf look = this == DARK ? new FlatDarkLaf() : new FlatLightLaf();
        look.setExtraDefaults(Palette.defaults(this == DARK));
        if (!FlatLaf.setup(look)) {
            throw new IllegalStateException("The look and feel cannot be set");
        }
    }
}
