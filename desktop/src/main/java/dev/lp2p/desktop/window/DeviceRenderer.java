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
import java.awt.Component;
import java.util.StringJoiner;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;

/** How a device is shown: what it calls itself, what is known of it, what is suspicious about it, and which it is. */
final class DeviceRenderer implements ListCellRenderer<DeviceRow> {

    private static final String GONE = "gone or changed";

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
        words.add(row.isThere() ? kind(row.candidate()) : GONE);
        if (row.candidate().granted()) {
            words.add("allowed before");
        }
        return words.toString();
    }

    private static Component glyph(DeviceRow row) {
        if (!row.isThere()) {
            return Glyph.CROSS.label(Palette.MUTED.color());
        }
        return row.candidate().suspicions().isEmpty()
                ? Glyph.DEVICE.label(Palette.MUTED.color())
                : Glyph.WARNING.label(Palette.WARNING_TEXT.color());
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
        if (!candidate.suspicions().isEmpty()) {
            chips.add(row.isThere() ? Chip.warning("Suspicious") : Chip.plain("Suspicious"));
        }
        if (candidate.granted()) {
            chips.add(row.isThere() ? Chip.accent("Allowed before") : Chip.plain("Allowed before"));
        }
        if (candidate.known()) {
            chips.add(row.isThere() ? Chip.good("Known") : Chip.plain("Known"));
        } else {
            chips.add(Chip.plain("New"));
        }
        chips.add(row.isThere() ? Chips.fingerprint(row.fingerprint()) : gone(row));
        return chips;
    }

    /** In the room of the fingerprint: a row that is not there any more is as high as it was, and moves no other. */
    private static JLabel gone(DeviceRow row) {
        JLabel label = Chips.fingerprint(row.fingerprint());
        label.setPreferredSize(label.getPreferredSize());
        label.setText(GONE);
        return label;
    }

    private static String kind(PeerCandidate candidate) {
        return candidate.known() ? "known" : "new, asks for a code";
    }

    private static String name(PeerCandidate candidate) {
        return candidate.name().map(Texts::quoted).orElseGet(() -> Texts.quoted(""));
    }
}
