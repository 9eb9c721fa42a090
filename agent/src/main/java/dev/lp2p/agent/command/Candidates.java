package dev.lp2p.agent.command;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.terminal.Device;
import java.util.List;
import java.util.Optional;

/** The manager's candidates as devices, and back. */
final class Candidates {

    private Candidates() {}

    static List<Device> devices(List<PeerCandidate> candidates) {
        return candidates.stream().map(Device::of).toList();
    }

    /** The choice of the device, for one connection; empty if it is gone meanwhile. */
    static Optional<ChosenPeer> of(Device device, List<PeerCandidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.fingerprint().equals(device.fingerprint()))
                .findFirst()
                .map(ChosenPeer::once);
    }
}
