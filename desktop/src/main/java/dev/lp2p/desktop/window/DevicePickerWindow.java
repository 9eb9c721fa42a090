package dev.lp2p.desktop.window;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.OriginCard;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.ListSelectionModel;
import javax.swing.ScrollPaneConstants;
import org.jspecify.annotations.Nullable;

/** Which device, for a site or program that wants to connect to one, and for how long. */
public final class DevicePickerWindow {

    private static final int LIST_HEIGHT = 276;
    private static final String LOOKING = "looking";
    private static final String DEVICES = "devices";

    private final PromptWindow window;
    private final PeerChoice choice;
    private final Consumer<Optional<ChosenPeer>> answer;
    private final DeviceRows rows = new DeviceRows();
    private final DefaultListModel<DeviceRow> model = new DefaultListModel<>();
    private final JList<DeviceRow> list = new DeviceList(model);
    private final Lifetimes lifetimes = Lifetimes.withSession("Until the session ends");
    private final CardLayout cards = new CardLayout();
    private final Panel area = Panel.of(cards);

    /** @param answer is told what the user decided, once */
    public DevicePickerWindow(Screen screen, PeerChoice choice, Consumer<Optional<ChosenPeer>> answer) {
        this.choice = choice;
        this.answer = answer;
        this.window = new PromptWindow(screen, "Connect to a device", question(choice), this::dismiss);
        window.add(
                OriginCard.of(choice.origin(), choice.nickname()),
                devices(),
                lifetimes.panel("For how long may it connect to that device?"));
        window.answer(choice.origin().isProgram() ? "Block this program" : "Block this site", 'B', this::block);
        window.answer("Cancel", 'C', this::dismiss);
        ArmedButton connect = window.answer("Connect", 'N', this::connect);
        connect.setEnabled(false);
        list.addListSelectionListener(event -> connect.setEnabled(selected().isPresent()));
        window.show(list);
    }

    /** The devices that are there now. */
    public void update(List<PeerCandidate> candidates) {
        Optional<DeviceRow> before = selected();
        int selection = list.getSelectedIndex();
        List<DeviceRow> now = rows.update(candidates, mayMove());
        boolean isSame = model.size() <= now.size();
        for (int i = 0; i < now.size(); i++) {
            if (i >= model.size()) {
                model.addElement(now.get(i));
            } else if (!model.get(i).equals(now.get(i))) {
                isSame &= model.get(i).fingerprint().equals(now.get(i).fingerprint());
                model.set(i, now.get(i));
            }
        }
        model.setSize(now.size());
        if (selection >= 0 && !now.get(selection).isThere()) {
            list.clearSelection();
        }
        if (!isSame || !before.equals(selected())) {
            window.arming().restart();
        }
        cards.show(area, now.isEmpty() ? LOOKING : DEVICES);
    }

    /** Takes it off the screen. */
    public void close() {
        window.close();
    }

    private static String question(PeerChoice choice) {
        return choice.origin().isProgram()
                ? "Which device may this program connect to?"
                : "Which device may this site connect to?";
    }

    private Component devices() {
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new DeviceRenderer());
        list.getAccessibleContext().setAccessibleName("Devices on this network");
        JScrollPane scroll = new JScrollPane(
                list, ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED, ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        area.add(looking(), LOOKING);
        area.add(scroll, DEVICES);
        area.setPreferredSize(new Dimension(PromptWindow.contentWidth(), Space.of(LIST_HEIGHT)));
        JLabel title = new JLabel("Devices on this network");
        title.setDisplayedMnemonic('D');
        title.setLabelFor(list);
        return Panel.column(Space.SMALL + Space.TINY, title, area);
    }

    private static Component looking() {
        JProgressBar progress = new JProgressBar();
        progress.setIndeterminate(true);
        progress.getAccessibleContext().setAccessibleName("Looking for devices");
        Panel words = Panel.column(
                Space.WIDE,
                WrappedText.strong("Looking for devices…"),
                progress,
                WrappedText.muted("A device is found when it is on the same network and something on it waits to be"
                        + " found: a page that you opened there, or a program."));
        Panel looking = Panel.card(new BorderLayout(), words);
        looking.setBorder(Space.around(Space.EDGE, Space.EDGE));
        return looking;
    }

    /** Nobody points at a row or has chosen one. */
    private boolean mayMove() {
        return list.getSelectedIndex() < 0 && list.getMousePosition() == null;
    }

    private Optional<DeviceRow> selected() {
        return Optional.ofNullable(list.getSelectedValue()).filter(DeviceRow::isThere);
    }

    private void connect() {
        answer.accept(selected().map(row -> new ChosenPeer(row.candidate(), lifetimes.chosen())));
    }

    private void block() {
        choice.block();
        answer.accept(Optional.empty());
    }

    private void dismiss() {
        answer.accept(Optional.empty());
    }

    /** Shows which device a row is in full, where the pointer rests. */
    private static final class DeviceList extends JList<DeviceRow> {

        private DeviceList(DefaultListModel<DeviceRow> model) {
            super(model);
            setToolTipText("");
        }

        @Override
        public @Nullable String getToolTipText(MouseEvent event) {
            int row = locationToIndex(event.getPoint());
            return row < 0 || !getCellBounds(row, row).contains(event.getPoint())
                    ? null
                    : "Fingerprint " + getModel().getElementAt(row).fingerprint();
        }

        @Override
        public boolean getScrollableTracksViewportWidth() {
            return true;
        }
    }
}
