package dev.lp2p.desktop;

import dev.lp2p.desktop.widget.Sign;
import java.awt.AWTException;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.util.Optional;

/** The icon in the desktop's tray. */
final class Tray {

    private static final String TOOL_TIP = "lp2p: devices near you";

    private final TrayIcon icon;

    private Tray(TrayIcon icon) {
        this.icon = icon;
    }

    /** Empty where the desktop has no tray, as many of Linux do not. */
    static Optional<Tray> show(Runnable showDevices, Runnable quit) {
        if (!SystemTray.isSupported()) {
            return Optional.empty();
        }
        SystemTray tray = SystemTray.getSystemTray();
        TrayIcon icon = new TrayIcon(Sign.image(tray.getTrayIconSize()), TOOL_TIP, menu(showDevices, quit));
        icon.addActionListener(event -> showDevices.run());
        try {
            tray.add(icon);
            return Optional.of(new Tray(icon));
        } catch (AWTException e) {
            return Optional.empty();
        }
    }

    void close() {
        SystemTray.getSystemTray().remove(icon);
    }

    static PopupMenu menu(Runnable showDevices, Runnable quit) {
        PopupMenu menu = new PopupMenu();
        menu.add(item("Devices and permissions…", showDevices));
        menu.addSeparator();
        menu.add(item("Quit lp2p", quit));
        return menu;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.addActionListener(event -> action.run());
        return item;
    }
}
