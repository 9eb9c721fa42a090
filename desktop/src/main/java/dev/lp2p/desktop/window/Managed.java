package dev.lp2p.desktop.window;

import dev.lp2p.Grant;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.desktop.ConnectionHistory;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the window of devices shows, read at one time. */
record Managed(
        List<KnownPeer> peers,
        List<Grant> grants,
        Map<Origin, OriginRule> rules,
        List<ConnectionHistory.Entry> history) {

    static final Managed NOTHING = new Managed(List.of(), List.of(), Map.of(), List.of());

    /** May wait for a disk. */
    static Managed read(DeviceManagement management, ConnectionHistory history) {
        Map<Origin, OriginRule> rules = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        rules.putAll(management.originRules());
        return new Managed(management.knownPeers(), management.grants(), rules, history.list());
    }

    /** What a known device calls itself. */
    String name(Fingerprint peer) {
        return peers.stream()
                .filter(known -> known.fingerprint().equals(peer))
                .findFirst()
                .map(KnownPeer::displayName)
                .orElse("");
    }
}
