/** The user on a desktop: consent windows, the window of devices, and the tray icon. The only module that knows AWT. */
module dev.lp2p.desktop {
    requires static org.jspecify;
    requires transitive dev.lp2p;
    requires java.desktop;
    requires com.formdev.flatlaf;
    requires com.formdev.flatlaf.fonts.inter;
    requires com.formdev.flatlaf.fonts.jetbrains_mono;
    requires com.google.zxing;

    exports dev.lp2p.desktop;
}
