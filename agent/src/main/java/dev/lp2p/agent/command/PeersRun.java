package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.terminal.Device;
import dev.lp2p.terminal.Table;
import dev.lp2p.terminal.UntrustedText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Lists the devices that need no code again. */
record PeersRun(CommandContext context) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    ExitStatus run() {
        List<KnownPeer> peers = context.agents().management().knownPeers();
        peers.forEach(peer -> context.emit(new Event.KnownPeer(
                peer.displayName(),
                peer.fingerprint().value(),
                peer.authenticatedAt().toString(),
                peer.lastSeenAt().toString())));
        context.say(
                peers.isEmpty() ? List.of("No devices yet. 'lp2p send' and 'lp2p receive' add them.") : table(peers));
        return ExitStatus.DONE;
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
