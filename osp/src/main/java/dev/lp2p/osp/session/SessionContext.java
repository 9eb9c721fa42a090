package dev.lp2p.osp.session;

import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.peer.PeerStore;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * What all sessions of an agent share.
 *
 * @param ownFingerprint of the certificate that this agent showed on its connections
 * @param ownInfo what this agent says of itself, asked for each time that it says it
 */
public record SessionContext(
        ScheduledExecutorService loop,
        InstantSource clock,
        ByteBufAllocator allocator,
        SecureRandom random,
        Fingerprint ownFingerprint,
        Supplier<AgentInfo> ownInfo,
        PeerStore peers,
        AuthCapabilities authCapabilities,
        AuthenticationPolicy authenticationPolicy,
        AuthenticationPrompts prompts) {}
