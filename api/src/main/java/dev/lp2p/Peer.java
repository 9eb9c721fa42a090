package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;

/**
 * An authenticated peer.
 *
 * @param displayName what the device calls itself, stripped of control and bidirectional characters
 * @param fingerprint which device it is; the name is not an identity
 */
public record Peer(String displayName, Fingerprint fingerprint) {}
