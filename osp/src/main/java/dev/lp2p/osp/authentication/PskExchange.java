package dev.lp2p.osp.authentication;

import dev.lp2p.osp.message.AuthCapabilities;

/**
 * Who shows the pre-shared key, and how long it is.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#authentication">Authentication</a>
 */
record PskExchange(AuthCapabilities own, AuthCapabilities peer, boolean isClient) {

    /** Whether a code can be entered on at least one of the two devices. */
    boolean isPossible() {
        return own.pskEaseOfInput() > 0 || peer.pskEaseOfInput() > 0;
    }

    /** The side where input is harder shows the code; on a tie that is the server. */
    boolean weShow() {
        return own.pskEaseOfInput() < peer.pskEaseOfInput()
                || (own.pskEaseOfInput() == peer.pskEaseOfInput() && !isClient);
    }

    int bits() {
        return Math.max(own.pskMinBitsOfEntropy(), peer.pskMinBitsOfEntropy());
    }
}
