package dev.lp2p.osp.quic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a {@link QuicEndpoint} listens and dials.
 *
 * @param bindAddress where the server listens; the wildcard address hears both IPv4 and IPv6, port 0 is any free one
 * @param onLink which source addresses are served at all; datagrams from others are dropped unread
 * @param idleTimeout how long nothing may come from the peer before a connection counts as lost
 * @param handshakeTimeout how long a handshake may take; dialling all addresses of a peer has the same time in all
 * @param maxUdpPayload largest UDP payload to send and to ask for: the link's MTU less the headers
 */
public record QuicSettings(
        InetSocketAddress bindAddress,
        Predicate<InetAddress> onLink,
        Duration idleTimeout,
        Duration handshakeTimeout,
        int maxUdpPayload,
        QuicLimits limits) {

    /**
     * How long a silent peer is kept. The specification asks for agent-status messages more often than this.
     *
     * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#transport">Transport and metadata</a>
     */
    public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(25);

    public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** Fits Ethernet and Wi-Fi with room for a tunnel. */
    public static final int DEFAULT_UDP_PAYLOAD = 1350;

    /** What the first datagrams of a connection carry at least (RFC 9000, section 14). */
    public static final int MIN_UDP_PAYLOAD = 1200;

    /** Past this, larger datagrams measured no faster, even on loopback. */
    public static final int MAX_UDP_PAYLOAD = 16_000;

    public QuicSettings {
        if (maxUdpPayload < MIN_UDP_PAYLOAD || maxUdpPayload > MAX_UDP_PAYLOAD) {
            throw new IllegalArgumentException(
                    "A UDP payload is " + MIN_UDP_PAYLOAD + " to " + MAX_UDP_PAYLOAD + " bytes, not " + maxUdpPayload);
        }
    }

    public static QuicSettings of(InetSocketAddress bindAddress, Predicate<InetAddress> onLink) {
        return new QuicSettings(
                bindAddress, onLink, IDLE_TIMEOUT, HANDSHAKE_TIMEOUT, DEFAULT_UDP_PAYLOAD, QuicLimits.DEFAULT);
    }

    public QuicSettings withIdleTimeout(Duration timeout) {
        return new QuicSettings(bindAddress, onLink, timeout, handshakeTimeout, maxUdpPayload, limits);
    }

    public QuicSettings withHandshakeTimeout(Duration timeout) {
        return new QuicSettings(bindAddress, onLink, idleTimeout, timeout, maxUdpPayload, limits);
    }

    public QuicSettings withMaxUdpPayload(int bytes) {
        return new QuicSettings(bindAddress, onLink, idleTimeout, handshakeTimeout, bytes, limits);
    }

    public QuicSettings withLimits(QuicLimits limits) {
        return new QuicSettings(bindAddress, onLink, idleTimeout, handshakeTimeout, maxUdpPayload, limits);
    }
}
