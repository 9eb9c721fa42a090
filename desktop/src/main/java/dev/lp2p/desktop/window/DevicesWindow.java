package dev.lp2p.desktop.window;

import dev.lp2p.desktop.ConnectionHistory;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.BesideLayout;
import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.FooterLayout;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Sign;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.TrailingLayout;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;

/** Devices that are known, what was allowed and blocked, and what connected; all of it can be taken back. */
public final class DevicesWindow {

    private static final int WIDTH = 580;
    private static final int HEIGHT = 600;

    private final Screen screen;
    private final Arming arming;
    private final DeviceManagement management;
    private final ConnectionHistory history;
    private final Executor background;
    private final JFrame frame = new JFrame("Devices and permissions");
    private final JTabbedPane tabs = new JTabbedPane();
    private final Panel devices = Panel.of(new ColumnLayout(Space.USUAL));
    private final Panel permissions = Panel.of(new ColumnLayout(Space.USUAL));
    private final Panel events = Panel.of(new ColumnLayout(Space.USUAL));
    private Managed managed = Managed.NOTHING;

    /** @param background where the management is asked, which may wait */
    public DevicesWindow(Screen screen, DeviceManagement management, ConnectionHistory history, Executor background) {
        this.screen = screen;
        this.arming = screen.arming();
        this.management = management;
        this.history = history;
        this.background = background;
        frame.setIconImages(Sign.images());
        layOut();
        FrameRules.onDismissal(frame, this::close);
        FrameRules.pauseAfterEachChange(frame, arming);
        frame.addWindowFocusListener(new WindowAdapter() {
            @Override
            public void windowGainedFocus(WindowEvent event) {
                refresh();
            }
        });
        screen.opened(arming);
        frame.setVisible(true);
        refresh();
    }

    /** Brings it to the front, with what holds now. */
    public void show() {
        frame.toFront();
        refresh();
    }

    /** Shows one of the tabs. */
    void turnTo(int tab) {
        tabs.setSelectedIndex(tab);
    }

    public boolean isOpen() {
        return frame.isDisplayable();
    }

    public void close() {
        if (isOpen()) {
            frame.dispose();
            screen.closed(arming);
        }
    }

    private void layOut() {
        addTab("Devices", 'D', devices);
        addTab("Permissions", 'P', permissions);
        addTab("History", 'H', events);
        tabs.getAccessibleContext().setAccessibleName("Devices and permissions");
        Panel footer = Panel.of(
                new FooterLayout(),
                new ArmedButton("Clear all…", 'C', arming, this::askToClear),
                new ArmedButton("Close", 'L', arming, this::close));
        frame.add(tabs, BorderLayout.CENTER);
        frame.add(PromptWindow.bottom(footer), BorderLayout.SOUTH);
        frame.setBounds(screen.place(new Dimension(Space.of(WIDTH), Space.of(HEIGHT))));
    }

    private void addTab(String title, char mnemonic, Panel content) {
        tabs.addTab(title, new WideScroll(content, Space.of(WIDTH) - 2 * Space.of(Space.EDGE)));
        tabs.setMnemonicAt(tabs.getTabCount() - 1, mnemonic);
    }

    private void refresh() {
        change(() -> {});
    }

    private void change(Runnable change) {
        background.execute(() -> {
            change.run();
            Managed now = Managed.read(management, history);
            SwingUtilities.invokeLater(() -> show(now));
        });
    }

    private void show(Managed now) {
        if (now.equals(managed) && devices.getComponentCount() > 0) {
            return;
        }
        managed = now;
        ManagedRows rows = new ManagedRows(now, ZoneId.systemDefault());
        fill(
                devices,
                now.peers(),
                "No device is known yet. One is once a code was compared with it.",
                peer -> row(
                        Glyph.DEVICE,
                        rows.device(peer),
                        "Forget",
                        peer.displayName(),
                        () -> management.forget(peer.fingerprint())));
        fill(
                permissions,
                now.grants(),
                "No site or program was allowed a device for longer than once.",
                grant -> row(
                        ManagedRows.glyph(grant),
                        rows.grant(grant),
                        "Revoke",
                        grant.key().origin() + ", " + now.name(grant.key().peer()),
                        () -> management.revoke(grant.key())));
        now.rules()
                .forEach((origin, rule) -> permissions.add(row(
                        Glyph.SITE,
                        rows.rule(origin, rule),
                        "Remove",
                        origin.value(),
                        () -> management.removeRule(origin))));
        fill(
                events,
                now.history(),
                "Nothing has connected since lp2p started.",
                entry -> Panel.card(
                        new BesideLayout(Space.WIDE), Glyph.LINK.label(Palette.MUTED.color()), rows.event(entry)));
        arming.restart();
        frame.validate();
        frame.repaint();
    }

    private static <T> void fill(Panel panel, List<T> items, String nothing, Function<T, Component> row) {
        panel.removeAll();
        if (items.isEmpty()) {
            panel.add(WrappedText.muted(nothing));
        }
        items.forEach(item -> panel.add(row.apply(item)));
    }

    private Component row(Glyph glyph, Panel words, String verb, String what, Runnable change) {
        ArmedButton button = new ArmedButton(verb, '\0', arming, () -> change(change));
        button.getAccessibleContext().setAccessibleName(verb + ": " + what);
        return Panel.card(
                new TrailingLayout(Space.WIDE),
                Panel.of(new BesideLayout(Space.WIDE), glyph.label(Palette.ACCENT.color()), words),
                button);
    }

    private void askToClear() {
        PromptWindow question = new PromptWindow(screen, "Clear all", "Forget all devices and permissions?", () -> {});
        question.add(WrappedText.body("Every device becomes a stranger that needs a code again, everything that is open"
                + " closes, and what you allowed, blocked or refused is asked again. The history is emptied."));
        question.noButtonApart();
        ArmedButton keep = question.answer("Keep all", 'K', () -> {});
        question.answer("Clear all", 'C', () -> change(this::clear));
        question.show(keep);
    }

    private void clear() {
        Managed all = Managed.read(management, history);
        all.grants().forEach(grant -> management.revoke(grant.key()));
        all.rules().keySet().forEach(management::removeRule);
        all.peers().forEach(peer -> management.forget(peer.fingerprint()));
        history.clear();
    }
}
