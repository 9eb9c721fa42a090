package dev.lp2p.desktop.window;

import dev.lp2p.PeerCandidate;
import dev.lp2p.osp.identity.Fingerprint;

/**
 * A line of the picker: one fingerprint, and what was to be said of the device, for as long as it stands.
 *
 * @param isThere whether it can be chosen; one that left or changed keeps its place, so that no other comes under the
 *     pointer
 */
record DeviceRow(PeerCandidate candidate, boolean isThere) {

    Fingerprint fingerprint() {
        return candidate.fingerprint();
    }
}
