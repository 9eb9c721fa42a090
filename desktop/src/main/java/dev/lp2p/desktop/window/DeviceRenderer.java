package dev.lp2p.desktop.window;

import dev.lp2p.PeerCandidate;
import dev.lp2p.Suspicion;
import dev.lp2p.desktop.widget.BesideLayout;
import dev.lp2p.desktop.widget.Chip;
import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrapLayout;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.Color;
import java.awt.Component;
import java.util.StringJoiner;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;

/** How a device is shown: what it calls itself, what is known of it, what is suspicious about it, and which it is. */
final class DeviceRenderer implements ListCellRenderer<DeviceRow> {

    @Override
    public Component getListCellRendererComponent(
            JList<? extends DeviceRow> list, DeviceRow device, int index, boolean isSelected, boolean hasFocus) {
        BesideLayout layout = new BesideLayout(Space.WIDE);
        Panel row = isSelected
                ? Panel.chosen(layout, glyph(device), words(device))
                : Panel.of(layout, glyph(device), words(device));
        row.setBorder(Space.around(Space.USUAL, Space.USUAL + Space.TINY));
        JPanel cell = new JPanel(new ColumnLayout(0));
        cell.setBackground(list.getBackground());
        cell.setBorder(Space.around(Space.TINY, Space.SMALL));
        cell.add(row);
        cell.getAccessibleContext().setAccessibleName(description(device));
        cell.getAccessibleContext().setAccessibleDescription("Fingerprint " + device.fingerprint());
        // The list asks for the height before it tells the width.
        cell.setSize(list.getWidth() > 0 ? list.getWidth() : PromptWindow.contentWidth(), 1);
        cell.setEnabled(device.isThere());
        return cell;
    }

    /** All that the row shows, in words. */
    static String description(DeviceRow row) {
        StringJoiner words = new StringJoiner(", ");
        words.add(name(row.candidate()));
        row.candidate().suspicions().stream().sorted().map(Suspicion::words).forEach(words::add);
        words.add(row.isThere() ? kind(row.candidate()) : "not there any more");
        if (row.candidate().granted()) {
            words.add("allowed before");
        }
        return words.toString();
    }

    private static Component glyph(DeviceRow row) {
        Color color = row.candidate().suspicions().isEmpty() ? Palette.MUTED.color() : Palette.WARNING_TEXT.color();
        Glyph glyph = row.candidate().suspicions().isEmpty() ? Glyph.DEVICE : Glyph.WARNING;
        return glyph.label(color);
    }

    private static Panel words(DeviceRow row) {
        PeerCandidate candidate = row.candidate();
        WrappedText name = WrappedText.strong(name(candidate));
        if (!row.isThere()) {
            name.setForeground(Palette.MUTED.color());
        }
        Panel words = Panel.column(Space.SMALL, name);
        candidate.suspicions().stream()
                .sorted()
                .map(suspicion -> WrappedText.warning("This device " + suspicion.words() + "."))
                .forEach(words::add);
        words.add(chips(row));
        return words;
    }

    private static Panel chips(DeviceRow row) {
        PeerCandidate candidate = row.candidate();
        Panel chips = Panel.of(new WrapLayout(Space.SMALL + Space.TINY));
        if (!row.isThere()) {
            chips.add(Chip.plain("Not there any more"));
        } else if (!candidate.suspicions().isEmpty()) {
            chips.add(Chip.warning("Suspicious"));
        }
        if (candidate.granted()) {
            chips.add(Chip.accent("Allowed before"));
        }
        chips.add(candidate.known() ? Chip.good("Known") : Chip.plain("New"));
        chips.add(Chips.fingerprint(row.fingerprint()));
        return chips;
    }

    private static String kind(PeerCandidate candidate) {
        return candidate.known() ? "known" : "new, asks for a code";
    }

    private static String name(PeerCandidate candidate) {
        return candidate.name().map(Texts::quoted).orElseGet(() -> Texts.quoted(""));
    }
}
