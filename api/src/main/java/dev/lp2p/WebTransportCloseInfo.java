package dev.lp2p;

import java.nio.charset.StandardCharsets;

/**
 * Why a transport was closed.
 *
 * @param closeCode 0 to 2^31 - 1, as much as the QUIC library sends; a foreign peer's may be larger
 * @param reason up to 1024 bytes of UTF-8, the rest is cut; a peer's is unverified
 * @see <a href="https://www.w3.org/TR/webtransport/#web-transport-close-info">WebTransportCloseInfo</a>
 */
public record WebTransportCloseInfo(long closeCode, String reason) {

    // https://www.w3.org/TR/webtransport/#dom-webtransport-close
    /** The longest reason, in bytes of UTF-8. */
    public static final int MAX_REASON_BYTES = 1024;

    /** The code 0, and no reason. */
    public static final WebTransportCloseInfo DEFAULT = new WebTransportCloseInfo(0, "");

    /** Cuts the reason, between characters. */
    public WebTransportCloseInfo {
        while (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            reason = reason.substring(0, reason.offsetByCodePoints(reason.length(), -1));
        }
    }
}
