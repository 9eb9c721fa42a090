package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.Grant;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.desktop.DeviceManagement;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.store.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent for the command alone, in its process. */
final class OwnAgents implements Agents {

    private final GlobalOptions options;
    private final Cleanup cleanup;
    private @Nullable StateFolder state;

    OwnAgents(GlobalOptions options, Cleanup cleanup) {
        this.options = options;
        this.cleanup = cleanup;
    }

    @Override
    public StateFolder state() {
        StateFolder open = state;
        if (open == null) {
            Path folder = options.state == null ? StateFolder.defaultLocation() : options.state;
            open = cleanup.add(StateFolder.open(folder));
            state = open;
        }
        return open;
    }

    @Override
    public DeviceManagement management() {
        return new InTheStateFolder(state());
    }

    @Override
    public LocalPeerToPeerManager toReceive(CommandConsent consent, @Nullable String name) {
        return start(consent).toReceive(state(), name);
    }

    @Override
    public LocalPeerToPeerManager toSend(CommandConsent consent) {
        return start(consent).toSend(state(), null);
    }

    @Override
    public LocalPeerToPeerManager toLook(CommandConsent consent) {
        return start(consent).toLook(state());
    }

    private AgentStart start(Consent consent) {
        return AgentStart.of(options, cleanup, consent);
    }

    /** Where nothing is connected, a decision is what is written. */
    private record InTheStateFolder(StateFolder state) implements DeviceManagement {

        @Override
        public List<KnownPeer> knownPeers() {
            return state.peers().list();
        }

        @Override
        public List<Grant> grants() {
            return state.grants().list();
        }

        @Override
        public Map<Origin, OriginRule> originRules() {
            return state.grants().rules();
        }

        @Override
        public void forget(Fingerprint peer) {
            state.peers().remove(peer);
        }

        @Override
        public void revoke(Grant.Key grant) {
            state.grants().remove(grant);
        }

        @Override
        public void removeRule(Origin origin) {
            state.grants().removeRule(origin);
        }
    }
}
