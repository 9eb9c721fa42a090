package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.Typography;
import dev.lp2p.osp.identity.Fingerprint;
import javax.swing.JLabel;

/** Small labels that several windows show. */
final class Chips {

    private Chips() {}

    static JLabel fingerprint(Fingerprint fingerprint) {
        JLabel label = new JLabel(Texts.shortened(fingerprint));
        Texts.disableHtml(label);
        label.setFont(Typography.FINGERPRINT.font());
        label.setForeground(Palette.MUTED.color());
        label.setToolTipText("Fingerprint " + fingerprint);
        label.getAccessibleContext().setAccessibleName("Fingerprint " + fingerprint);
        return label;
    }
}
