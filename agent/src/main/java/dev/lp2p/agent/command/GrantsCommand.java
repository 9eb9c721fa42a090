package dev.lp2p.agent.command;

import dev.lp2p.Grant;
import dev.lp2p.GrantStore;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.store.StateFolder;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import dev.lp2p.terminal.UntrustedText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "grants",
        description = {
            "List what sites and programs may do for longer than once, and withdraw it.",
            "A grant is to a device: what it says of its sites and programs is its own word."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p grants                                who may connect to what",
            "  lp2p grants --revoke \"Living Room\"         be asked again about this device",
            "  lp2p grants --remove https://example.com   be asked again about this site"
        })
final class GrantsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @ParentCommand
    private Lp2pCommand lp2p;

    @ArgGroup
    private @Nullable Change change;

    static final class Change {
        @Option(
                names = "--revoke",
                paramLabel = "NAME-OR-FINGERPRINT",
                description = "Withdraw every grant of this device.")
        @Nullable String device;

        @Option(
                names = "--remove",
                paramLabel = "ORIGIN",
                description = "Unblock this site or program, or have it ask again before this device is seen.")
        @Nullable String origin;
    }

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            StateFolder state = context.openState();
            if (change == null) {
                list(context, state);
            } else if (change.device != null) {
                revoke(context, state, change.device);
            } else {
                remove(context, state.grants(), String.valueOf(change.origin));
            }
            return ExitStatus.DONE.code();
        }
    }

    private static void list(CommandContext context, StateFolder state) {
        List<Grant> grants = state.grants().list();
        List<Map.Entry<Origin, OriginRule>> rules = state.grants().rules().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Origin::value)))
                .toList();
        grants.forEach(grant -> context.emit(event(grant)));
        rules.forEach(rule -> context.emit(new Event.OriginRule(rule.getKey().value(), word(rule.getValue()))));
        if (grants.isEmpty() && rules.isEmpty()) {
            context.say("Nothing is granted for longer than once.");
        }
        if (!grants.isEmpty()) {
            context.say(table(state, grants));
        }
        rules.forEach(rule -> context.say(rule.getKey() + ": " + word(rule.getValue())));
    }

    private static List<String> table(StateFolder state, List<Grant> grants) {
        Table table = new Table("DEVICE", "", "HERE", "THERE", "SINCE", "LAST USED");
        for (Grant grant : grants) {
            Grant.Key key = grant.key();
            String arrow = key.direction() == Grant.Direction.INCOMING ? "may reach" : "is reached by";
            table.row(
                    name(state, key.peer()),
                    grant.decision() == Grant.Decision.NEVER ? "never reaches" : arrow,
                    key.origin().value(),
                    key.claimed().map(Origin::value).orElse(""),
                    TIME.format(grant.grantedAt()),
                    grant.lastUsed().map(TIME::format).orElse(""));
        }
        return table.lines();
    }

    private static void revoke(CommandContext context, StateFolder state, String wanted) {
        List<Device> known = KnownDevices.of(state.peers());
        Device device = DeviceChoice.require(
                wanted, DeviceMatch.find(wanted, known, known), known, "'lp2p grants' lists them.");
        List<Grant> grants = state.grants().list().stream()
                .filter(grant -> grant.key().peer().equals(device.fingerprint()))
                .toList();
        state.grants().removeAll(device.fingerprint());
        grants.forEach(grant -> context.emit(new Event.Revoked(
                grant.key().peer().value(), grant.key().origin().value())));
        context.say("Withdrew " + grants.size() + (grants.size() == 1 ? " grant" : " grants") + " of "
                + device.shownName() + " (" + device.shortFingerprint() + ").");
    }

    private static void remove(CommandContext context, GrantStore grants, String wanted) {
        boolean removed = Origin.parse(wanted).filter(grants::removeRule).isPresent();
        if (!removed) {
            throw new CommandException(
                    ExitStatus.NOT_FOUND,
                    "Nothing was decided about '" + UntrustedText.name(wanted) + "'. 'lp2p grants' lists what was.");
        }
        context.say("It will be asked about again.");
    }

    private static String name(StateFolder state, Fingerprint peer) {
        String name = state.peers().find(peer).map(KnownPeer::displayName).orElse("");
        return UntrustedText.name(name) + " (" + peer.value().substring(0, Device.SHORT_FINGERPRINT) + ")";
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
