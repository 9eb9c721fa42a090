package dev.lp2p.desktop.widget;

import dev.lp2p.Origin;
import dev.lp2p.osp.identity.DisplayText;
import java.net.IDN;
import java.net.URI;
import java.util.Optional;

/**
 * Which site or program it is about, as it is and whole: no part is left out however long it is, and letters of other
 * scripts, which can imitate, stand as the browser sends them.
 */
public final class OriginCard {

    private static final String ENCODED_LABEL = "xn--";

    private OriginCard() {}

    /** @param nickname what it calls itself: unverified */
    public static Panel of(Origin origin, Optional<String> nickname) {
        Panel words = Panel.column(Space.SMALL, WrappedText.muted(kind(origin)), text(origin));
        readsAs(origin)
                .ifPresent(readable -> words.add(WrappedText.warning("Has letters beyond a to z, which can"
                        + " imitate another address. With them it reads “" + readable + "”.")));
        nickname.ifPresent(name ->
                words.add(WrappedText.muted("Calls itself " + Texts.quoted(name) + ", which nobody has verified.")));
        return Panel.card(new BesideLayout(Space.WIDE), glyph(origin).label(Palette.ACCENT.color()), words);
    }

    /** The origin alone. */
    public static WrappedText text(Origin origin) {
        return WrappedText.origin(origin.value());
    }

    /** The host in the letters of its language, where it is written in others. */
    static Optional<String> readsAs(Origin origin) {
        if (origin.isProgram() || !origin.value().contains(ENCODED_LABEL)) {
            return Optional.empty();
        }
        return Optional.ofNullable(URI.create(origin.value()).getHost())
                .filter(host -> host.contains(ENCODED_LABEL))
                .map(host -> DisplayText.clean(IDN.toUnicode(host), Origin.MAX_LENGTH));
    }

    private static String kind(Origin origin) {
        return switch (glyph(origin)) {
            case PROGRAM -> "Program on this device";
            case EXTENSION -> "Extension of the browser";
            default -> "Web site";
        };
    }

    private static Glyph glyph(Origin origin) {
        if (origin.isProgram()) {
            return Glyph.PROGRAM;
        }
        return origin.value().startsWith("http") ? Glyph.SITE : Glyph.EXTENSION;
    }
}
