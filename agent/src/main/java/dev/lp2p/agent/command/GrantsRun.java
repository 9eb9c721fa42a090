package dev.lp2p.agent.command;

import dev.lp2p.Grant;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.agent.event.Event;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import dev.lp2p.terminal.UntrustedText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists what the user decided for longer than once, and takes it back. */
final class GrantsRun {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final CommandContext context;
    private final DeviceManagement management;
    private final List<KnownPeer> peers;

    GrantsRun(CommandContext context) {
        this.context = context;
        this.management = context.agents().management();
        this.peers = management.knownPeers();
    }

    ExitStatus list() {
        List<Grant> grants = management.grants();
        List<Map.Entry<Origin, OriginRule>> rules = management.originRules().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Origin::value)))
                .toList();
        grants.forEach(grant -> context.emit(event(grant)));
        rules.forEach(rule -> context.emit(new Event.OriginRule(rule.getKey().value(), word(rule.getValue()))));
        if (grants.isEmpty() && rules.isEmpty()) {
            context.say("Nothing is granted for longer than once.");
        }
        if (!grants.isEmpty()) {
            context.say(table(grants));
        }
        rules.forEach(rule -> context.say(rule.getKey() + ": " + word(rule.getValue())));
        return ExitStatus.DONE;
    }

    /** @param wanted a device, by its name or the start of its fingerprint */
    ExitStatus revoke(String wanted) {
        List<Device> known = KnownDevices.of(peers);
        Device device = DeviceChoice.require(
                wanted, DeviceMatch.find(wanted, known, known), known, "'lp2p grants' lists them.");
        List<Grant> grants = management.grants().stream()
                .filter(grant -> grant.key().peer().equals(device.fingerprint()))
                .toList();
        grants.forEach(grant -> {
            management.revoke(grant.key());
            context.emit(new Event.Revoked(
                    grant.key().peer().value(), grant.key().origin().value()));
        });
        context.say("Withdrew " + grants.size() + (grants.size() == 1 ? " grant" : " grants") + " of "
                + device.shownName() + " (" + device.shortFingerprint() + ").");
        return ExitStatus.DONE;
    }

    /** @param wanted an origin */
    ExitStatus removeRule(String wanted) {
        Optional<Origin> origin = Origin.parse(wanted).filter(management.originRules()::containsKey);
        management.removeRule(origin.orElseThrow(() -> new CommandException(
                ExitStatus.NOT_FOUND,
                "Nothing was decided about '" + UntrustedText.name(wanted) + "'. 'lp2p grants' lists what was.")));
        context.say("It will be asked about again.");
        return ExitStatus.DONE;
    }

    private List<String> table(List<Grant> grants) {
        Table table = new Table("DEVICE", "", "HERE", "THERE", "SINCE", "LAST USED");
        for (Grant grant : grants) {
            Grant.Key key = grant.key();
            String arrow = key.direction() == Grant.Direction.INCOMING ? "may reach" : "is reached by";
            table.row(
                    name(key.peer()),
                    grant.decision() == Grant.Decision.NEVER ? "never reaches" : arrow,
                    key.origin().value(),
                    key.claimed().map(Origin::value).orElse(""),
                    TIME.format(grant.grantedAt()),
                    grant.lastUsed().map(TIME::format).orElse(""));
        }
        return table.lines();
    }

    private String name(Fingerprint fingerprint) {
        String name = peers.stream()
                .filter(peer -> peer.fingerprint().equals(fingerprint))
                .findFirst()
                .map(KnownPeer::displayName)
                .orElse("");
        return UntrustedText.name(name) + " (" + fingerprint.value().substring(0, Device.SHORT_FINGERPRINT) + ")";
    }

    private static Event event(Grant grant) {
        return new Event.GrantGiven(
                grant.key().peer().value(),
                grant.key().direction().name().toLowerCase(Locale.ROOT),
                grant.key().origin().value(),
                grant.key().claimed().map(Origin::value).orElse(null),
                grant.decision().name().toLowerCase(Locale.ROOT),
                grant.grantedAt().toString(),
                grant.lastUsed().map(Object::toString).orElse(null));
    }

    private static String word(OriginRule rule) {
        return switch (rule) {
            case BLOCKED -> "blocked";
            case MAY_ADVERTISE -> "may make this device visible";
        };
    }
}
