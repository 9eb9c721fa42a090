package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.QrView;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.Typography;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.authentication.QrCode;
import java.awt.BorderLayout;
import java.util.Arrays;
import javax.swing.JLabel;
import javax.swing.SwingConstants;

/** A code, for the user to enter at the other device. */
public final class ShowCodeWindow {

    private static final int GROUPS_IN_A_LINE = 3;

    private final PromptWindow window;

    /** @param dismiss the user wants nothing of that device */
    public ShowCodeWindow(Screen screen, PeerDescription peer, Psk code, Runnable dismiss) {
        this.window =
                new PromptWindow(screen, "Code for another device", "Enter this code on the other device", dismiss);
        window.add(
                PeerCard.of(Texts.quotedBesideCode(peer.unverifiedName()), peer.fingerprint()),
                code(code),
                WrappedText.muted("Enter it only on a device that you can see. Nobody needs to be told it in a call, a"
                        + " message or a web page."));
        window.noButtonApart();
        window.show(window.answer("Not my device", 'N', dismiss));
    }

    /** Takes it off the screen. */
    public void close() {
        window.close();
    }

    private static Panel code(Psk code) {
        Panel lines = Panel.column(0);
        String[] groups = NumericCode.format(code).split("-");
        for (int from = 0; from < groups.length; from += GROUPS_IN_A_LINE) {
            lines.add(line(groups, from, Math.min(groups.length, from + GROUPS_IN_A_LINE)));
        }
        JLabel qr = QrView.of(QrCode.text(code));
        qr.setHorizontalAlignment(SwingConstants.CENTER);
        Panel middle = Panel.of(new BorderLayout(), qr);
        return Panel.card(new ColumnLayout(Space.WIDE), lines, middle);
    }

    private static JLabel line(String[] groups, int from, int to) {
        String text = String.join("-", Arrays.copyOfRange(groups, from, to));
        JLabel line = new JLabel(text + (to < groups.length ? "-" : ""), SwingConstants.CENTER);
        line.setFont(Typography.CODE.font());
        line.setForeground(Palette.TEXT.color());
        // Read digit by digit, with a pause after each group.
        line.getAccessibleContext()
                .setAccessibleName(
                        "Code: " + text.replaceAll("(\\d)(?=\\d)", "$1 ").replace("-", ", "));
        return line;
    }
}
