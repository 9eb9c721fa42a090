package dev.lp2p.osp.transport;

import java.util.Optional;

/** What a connection carries, agreed on in its handshake by ALPN. */
public enum ApplicationProtocol {
    /** @see <a href="https://w3c.github.io/openscreenprotocol/network.html#transport">TLS 1.3</a> */
    OSP("osp"),

    /** @see <a href="https://wicg.github.io/local-peer-to-peer/#webtransport-extension">WebTransport extension</a> */
    Q2Q("q2q");

    private final String token;

    ApplicationProtocol(String token) {
        this.token = token;
    }

    /** How ALPN names it. */
    public String token() {
        return token;
    }

    /** Empty if this agent does not speak it. */
    public static Optional<ApplicationProtocol> of(String token) {
        for (ApplicationProtocol protocol : values()) {
            if (protocol.token.equals(token)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
