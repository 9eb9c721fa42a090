package dev.lp2p;

import org.jspecify.annotations.Nullable;

/**
 * How to request a connection.
 *
 * @param nickname what the program calls itself, or null
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-request-options">LP2PRequestOptions</a>
 */
public record LP2PRequestOptions(@Nullable String nickname) {

    /** No nickname. */
    public static final LP2PRequestOptions DEFAULT = new LP2PRequestOptions(null);
}
