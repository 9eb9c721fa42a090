package dev.lp2p.osp.authentication;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AuthCapabilities;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Authenticator} stands on.
 *
 * @param isClient whether this side dialled
 * @param ownFingerprint of our certificate, A or B of SPAKE2
 * @param peerFingerprint of the certificate that the peer proved to own on this very connection
 * @param peer for the prompts, asked for when one opens
 * @param capabilities ours
 * @param initiationToken the {@code at} of the side that was dialled, or null where there is none or we do not know it
 */
public record AuthenticationSetup(
        boolean isClient,
        Fingerprint ownFingerprint,
        Fingerprint peerFingerprint,
        Supplier<PeerDescription> peer,
        AuthCapabilities capabilities,
        @Nullable String initiationToken,
        AuthenticationPrompts prompts,
        AuthenticationPolicy policy,
        ScheduledExecutorService loop,
        SecureRandom random) {

    Fingerprint clientFingerprint() {
        return isClient ? ownFingerprint : peerFingerprint;
    }

    Fingerprint serverFingerprint() {
        return isClient ? peerFingerprint : ownFingerprint;
    }
}
