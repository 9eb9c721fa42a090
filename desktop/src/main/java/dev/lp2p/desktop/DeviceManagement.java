package dev.lp2p.desktop;

import dev.lp2p.Grant;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.util.List;
import java.util.Map;

/** What a person can look up and take back. Methods are called on a thread that may wait for a disk. */
public interface DeviceManagement {

    List<KnownPeer> knownPeers();

    List<Grant> grants();

    Map<Origin, OriginRule> originRules();

    /** Makes a device a stranger with no grants, and closes what is open with it. */
    void forget(Fingerprint peer);

    /** Withdraws a grant, and closes what is open under it. */
    void revoke(Grant.Key grant);

    /** Unblocks an origin, or has the user asked again before it makes this device visible. */
    void removeRule(Origin origin);

    /** The manager, as far as the window of devices needs it. */
    static DeviceManagement of(LocalPeerToPeerManager manager) {
        return new DeviceManagement() {
            @Override
            public List<KnownPeer> knownPeers() {
                return manager.knownPeers();
            }

            @Override
            public List<Grant> grants() {
                return manager.grants();
            }

            @Override
            public Map<Origin, OriginRule> originRules() {
                return manager.originRules();
            }

            @Override
            public void forget(Fingerprint peer) {
                manager.forget(peer);
            }

            @Override
            public void revoke(Grant.Key grant) {
                manager.revoke(grant);
            }

            @Override
            public void removeRule(Origin origin) {
                manager.removeRule(origin);
            }
        };
    }
}
