package dev.lp2p.agent.command;

import dev.lp2p.osp.identity.Fingerprint;

/**
 * A device that was seen on the network, or that is remembered.
 *
 * @param name what it calls itself, as it came; {@link dev.lp2p.agent.terminal.UntrustedText} before it is shown
 * @param known whether a person authenticated it on this device
 */
record Device(String name, Fingerprint fingerprint, boolean known) {

    /** As much of a fingerprint as tables show; 72 bits, out of reach of whoever would make a key with the same start. */
    static final int SHORT_FINGERPRINT = 12;

    String shortFingerprint() {
        return fingerprint.value().substring(0, SHORT_FINGERPRINT);
    }
}
