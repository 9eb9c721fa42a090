package dev.lp2p;

import org.jspecify.annotations.Nullable;

/**
 * How to receive connections.
 *
 * @param nickname what the program calls itself, or null
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-receiver-options">LP2PReceiverOptions</a>
 */
public record LP2PReceiverOptions(@Nullable String nickname) {

    /** No nickname. */
    public static final LP2PReceiverOptions DEFAULT = new LP2PReceiverOptions(null);
}
