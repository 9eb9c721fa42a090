package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import dev.lp2p.terminal.UntrustedText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "peers",
        description = "List the devices that need no code again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lp2p peers            names, fingerprints, and when they were last seen",
            "  lp2p peers --json     the same for a program"
        })
final class PeersCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @ParentCommand
    private Lp2pCommand lp2p;

    @Override
    public Integer call() {
        try (CommandContext context = lp2p.begin()) {
            List<KnownPeer> peers = context.openState().peers().list();
            peers.forEach(peer -> context.emit(new Event.KnownPeer(
                    peer.displayName(),
                    peer.fingerprint().value(),
                    peer.authenticatedAt().toString(),
                    peer.lastSeenAt().toString())));
            context.say(
                    peers.isEmpty()
                            ? List.of("No devices yet. 'lp2p send' and 'lp2p receive' add them.")
                            : table(peers));
            return ExitStatus.DONE.code();
        }
    }

    private static List<String> table(List<KnownPeer> peers) {
        Table table = new Table("NAME", "FINGERPRINT", "KNOWN SINCE", "LAST SEEN");
        for (KnownPeer peer : peers) {
            table.row(
                    UntrustedText.name(peer.displayName()),
                    peer.fingerprint().value().substring(0, Device.SHORT_FINGERPRINT),
                    TIME.format(peer.authenticatedAt()),
                    TIME.format(peer.lastSeenAt()));
        }
        return table.lines();
    }
}
