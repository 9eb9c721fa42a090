package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.BesideLayout;
import dev.lp2p.desktop.widget.Chip;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.WrapLayout;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.osp.identity.Fingerprint;

/** A device that is not authenticated yet: what it calls itself, said to be its own word, and which it is. */
final class PeerCard {

    private PeerCard() {}

    static Panel of(String quotedName, Fingerprint fingerprint) {
        Panel words = Panel.column(
                Space.SMALL,
                WrappedText.muted("The device calls itself"),
                WrappedText.strong(quotedName),
                Panel.of(new WrapLayout(Space.USUAL), Chip.plain("Name not verified"), Chips.fingerprint(fingerprint)));
        return Panel.card(new BesideLayout(Space.WIDE), Glyph.DEVICE.label(Palette.ACCENT.color()), words);
    }
}
