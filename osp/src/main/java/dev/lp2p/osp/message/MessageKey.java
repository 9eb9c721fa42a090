package dev.lp2p.osp.message;

/**
 * The keys of the maps that messages are.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#appendix-a">Network protocol, appendix A</a>
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#appendix-a">Application protocol, appendix A</a>
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#appendix-a">Local Peer-to-Peer API, appendix A</a>
 */
final class MessageKey {

    /** In every request and response. */
    static final int REQUEST_ID = 0;

    // agent-info-response, agent-info-event
    static final int RESPONSE_AGENT_INFO = 1;
    static final int EVENT_AGENT_INFO = 0;

    // agent-info
    static final int INFO_DISPLAY_NAME = 0;
    static final int INFO_MODEL_NAME = 1;
    static final int INFO_CAPABILITIES = 2;
    static final int INFO_STATE_TOKEN = 3;
    static final int INFO_LOCALES = 4;

    // auth-capabilities
    static final int AUTH_EASE_OF_INPUT = 0;
    static final int AUTH_INPUT_METHODS = 1;
    static final int AUTH_MIN_BITS_OF_ENTROPY = 2;

    // auth-initiation-token
    static final int TOKEN = 0;

    // auth-spake2-handshake
    static final int HANDSHAKE_TOKEN = 0;
    static final int HANDSHAKE_PSK_STATUS = 1;
    static final int HANDSHAKE_PUBLIC_VALUE = 2;

    // auth-spake2-confirmation. The specification asks for 64 bytes, an HMAC has 32: the rest is zero.
    static final int CONFIRMATION_VALUE = 0;
    static final int CONFIRMATION_BYTES_ON_THE_WIRE = 64;
    static final int CONFIRMATION_HMAC_BYTES = 32;

    // auth-status
    static final int STATUS_RESULT = 0;

    // data-channel-open-request, data-channel-open-response
    static final int OPEN_CHANNEL_ID = 1;
    static final int OPEN_LABEL = 2;
    static final int OPEN_PROTOCOL = 3;
    static final int OPEN_RESULT = 1;

    // The origins extension: in data-channel-open-request, lp2p-connect-request, lp2p-connect-response,
    // lp2p-close-event
    static final String OPEN_CONNECTION = "lp2p-connection";
    static final int CONNECT_ORIGIN = 1;
    static final int CONNECT_NICKNAME = 2;
    static final int CONNECT_RESULT = 1;
    static final int CONNECT_CONNECTION_ID = 2;
    static final int CONNECT_RESPONSE_NICKNAME = 3;
    static final int CLOSE_CONNECTION_ID = 0;
    static final int CLOSE_REASON = 1;

    // lp2p-transport-request
    static final int TRANSPORT_CONNECTION_ID = 0;

    // lp2p-stream-end
    static final int END_STREAM_ID = 0;
    static final int END_BYTES = 1;

    private MessageKey() {}
}
