package dev.lp2p.desktop.window;

import dev.lp2p.Grant;
import dev.lp2p.Grant.Direction;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.desktop.ConnectionHistory;
import dev.lp2p.desktop.widget.Chip;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.OriginCard;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrapLayout;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.osp.peer.KnownPeer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Each kind of row of the window of devices, in words. */
final class ManagedRows {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);

    private final Managed managed;
    private final ZoneId zone;

    ManagedRows(Managed managed, ZoneId zone) {
        this.managed = managed;
        this.zone = zone;
    }

    Panel device(KnownPeer peer) {
        return Panel.column(
                Space.SMALL,
                WrappedText.strong(Texts.quoted(peer.displayName())),
                WrappedText.muted("Last seen " + time(peer.lastSeenAt())),
                WrappedText.muted("Code compared " + day(peer.authenticatedAt())),
                Chips.fingerprint(peer.fingerprint()));
    }

    Panel grant(Grant grant) {
        Panel row = Panel.column(
                Space.SMALL,
                WrappedText.strong(sentence(grant)),
                OriginCard.text(grant.key().origin()));
        grant.key()
                .claimed()
                .filter(claimed -> !claimed.equals(grant.key().origin()))
                .ifPresent(claimed -> row.add(WrappedText.body("when the device says that it is " + claimed)));
        row.add(WrappedText.muted(
                grant.lastUsed().map(used -> "Last used " + time(used)).orElse("Not used yet") + ". Since "
                        + day(grant.grantedAt()) + "."));
        row.add(Panel.of(
                new WrapLayout(Space.SMALL + Space.TINY),
                grant.decision() == Grant.Decision.NEVER ? Chip.warning("Never") : Chip.good(lifetime(grant)),
                Chips.fingerprint(grant.key().peer())));
        return row;
    }

    Panel rule(Origin origin, OriginRule rule) {
        return Panel.column(
                Space.SMALL,
                OriginCard.text(origin),
                Panel.of(
                        new WrapLayout(Space.SMALL + Space.TINY),
                        rule == OriginRule.BLOCKED
                                ? Chip.warning("Blocked: nothing of it reaches you")
                                : Chip.accent("May make this device visible")));
    }

    Panel event(ConnectionHistory.Entry entry) {
        return Panel.column(
                Space.SMALL,
                WrappedText.strong((entry.connected() ? "Connected to " : "Disconnected from ")
                        + Texts.quoted(entry.peer().displayName())),
                OriginCard.text(entry.origin()),
                Panel.of(
                        new WrapLayout(Space.SMALL + Space.TINY),
                        WrappedText.line(time(entry.at())),
                        Chips.fingerprint(entry.peer().fingerprint())));
    }

    static Glyph glyph(Grant grant) {
        return grant.decision() == Grant.Decision.NEVER ? Glyph.CROSS : Glyph.CHECK;
    }

    private String sentence(Grant grant) {
        String name = Texts.quoted(managed.name(grant.key().peer()));
        boolean may = grant.decision() == Grant.Decision.ALLOW;
        return grant.key().direction() == Direction.OUTGOING
                ? "May " + (may ? "" : "not ") + "reach " + name
                : name + (may ? " may" : " may not") + " connect to";
    }

    private static String lifetime(Grant grant) {
        return grant.lifetime() == Lifetime.ALWAYS ? "Always" : "Until the session ends";
    }

    private String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
