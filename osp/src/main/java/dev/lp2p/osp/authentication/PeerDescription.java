package dev.lp2p.osp.authentication;

import dev.lp2p.osp.identity.Fingerprint;

/**
 * Whom an authentication prompt is about.
 *
 * @param unverifiedName what the peer calls itself: shown as unverified, stripped of control characters by who shows it
 */
public record PeerDescription(Fingerprint fingerprint, String unverifiedName) {}
