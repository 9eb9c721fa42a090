package dev.lp2p.osp.session;

import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.peer.KnownPeer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the two sides say that they are, and whether we know the peer.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">Metadata discovery</a>
 */
final class Introduction {

    private final SessionContext context;
    private final Fingerprint peer;
    private final @Nullable String instanceName;
    private @Nullable AgentInfo peerInfo;
    private boolean unwritten;

    /** @param instanceName what the peer advertises itself as, or null where it did not */
    Introduction(SessionContext context, Fingerprint peer, @Nullable String instanceName) {
        this.context = context;
        this.peer = peer;
        this.instanceName = instanceName;
    }

    /** What we say of ourselves; to a stranger without the user's languages, which are nobody's business before that. */
    AgentInfo own(boolean toStranger) {
        AgentInfo info = context.ownInfo().get();
        return toStranger
                ? new AgentInfo(info.displayName(), info.modelName(), info.capabilities(), info.stateToken(), List.of())
                : info;
    }

    // https://w3c.github.io/openscreenprotocol/network.html#instance-names
    boolean isNameAsAdvertised(AgentInfo info) {
        return instanceName == null || info.displayName().startsWith(instanceName);
    }

    void hear(AgentInfo info) {
        peerInfo = info;
    }

    /** It is written with {@link #write}, not each time that a peer says it, which costs the peer nothing. */
    void hearAgain(AgentInfo info) {
        peerInfo = info;
        unwritten = true;
    }

    void write() {
        if (unwritten) {
            unwritten = false;
            seen();
        }
    }

    boolean isMade() {
        return peerInfo != null;
    }

    AgentInfo peerInfo() {
        if (peerInfo == null) {
            throw new IllegalStateException("The peer has not introduced itself yet");
        }
        return peerInfo;
    }

    /** Whether both sides tell their origins apart. */
    boolean tellsOrigins() {
        return peerInfo().capabilities().contains(AgentCapability.ORIGINS)
                && context.ownInfo().get().capabilities().contains(AgentCapability.ORIGINS);
    }

    PeerDescription describePeer() {
        return new PeerDescription(peer, peerInfo == null ? "" : peerInfo.displayName());
    }

    /** Asked of the live store each time. */
    boolean isKnown() {
        return context.peers().find(peer).isPresent();
    }

    /** A person compared the code. */
    void authenticated() {
        Instant now = context.clock().instant();
        context.peers().put(new KnownPeer(peer, peerInfo().displayName(), now, now));
    }

    /** The peer is there; nothing is to make it known again that the user forgot meanwhile. */
    void seen() {
        context.peers().seen(peer, peerInfo().displayName(), context.clock().instant());
    }
}
