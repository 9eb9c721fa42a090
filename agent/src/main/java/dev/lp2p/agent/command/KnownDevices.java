package dev.lp2p.agent.command;

import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.terminal.Device;
import java.util.List;
import java.util.Set;

/** The known peers as devices to choose from. */
final class KnownDevices {

    private KnownDevices() {}

    static List<Device> of(List<KnownPeer> peers) {
        return peers.stream()
                .map(peer -> new Device(peer.displayName(), peer.fingerprint(), true, Set.of()))
                .toList();
    }
}
