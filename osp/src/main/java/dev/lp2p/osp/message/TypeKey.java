package dev.lp2p.osp.message;

import org.jspecify.annotations.Nullable;

/**
 * The type keys that this agent understands. A message on a stream is its type key, as a QUIC variable-length integer,
 * and then one CBOR item.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#messages">Messages delivery using CBOR</a>
 */
public enum TypeKey {
    AGENT_INFO_REQUEST(10, true),
    AGENT_INFO_RESPONSE(11, true),
    AGENT_STATUS_REQUEST(12, true),
    AGENT_STATUS_RESPONSE(13, true),
    /** Its payload is the hot path and never becomes a {@link Message}. */
    DATA_FRAME(24, false),
    AGENT_INFO_EVENT(120, true),
    AUTH_CAPABILITIES(1001, true),
    AUTH_SPAKE2_CONFIRMATION(1003, true),
    AUTH_STATUS(1004, true),
    AUTH_SPAKE2_HANDSHAKE(1005, true),
    // https://wicg.github.io/local-peer-to-peer/#appendix-a
    DATA_CHANNEL_OPEN_REQUEST(1101, false),
    DATA_CHANNEL_OPEN_RESPONSE(1102, false),
    // Ours: docs/origins-extension.md
    LP2P_CONNECT_REQUEST(9301, false),
    LP2P_CONNECT_RESPONSE(9302, false),
    LP2P_CLOSE_EVENT(9303, false),
    /** Ours: goes on a q2q connection only. */
    LP2P_TRANSPORT_REQUEST(9304, false),
    LP2P_STREAM_END(9305, false);

    private final long value;
    private final boolean allowedBeforeAuthentication;

    TypeKey(long value, boolean allowedBeforeAuthentication) {
        this.value = value;
        this.allowedBeforeAuthentication = allowedBeforeAuthentication;
    }

    public long value() {
        return value;
    }

    /** Whether a peer that nobody has authenticated may send it; anything else from such a peer closes the connection. */
    public boolean allowedBeforeAuthentication() {
        return allowedBeforeAuthentication;
    }

    /** The key of this value, or null where this agent knows none. */
    public static @Nullable TypeKey of(long value) {
        for (TypeKey key : values()) {
            if (key.value == value) {
                return key;
            }
        }
        return null;
    }
}
