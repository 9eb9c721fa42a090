package dev.lp2p;

/**
 * How to listen for transports; the draft has nothing to choose yet.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport-listener">LP2PQuicTransportListenerInit</a>
 */
public record LP2PQuicTransportListenerInit() {

    /** Nothing chosen. */
    public static final LP2PQuicTransportListenerInit DEFAULT = new LP2PQuicTransportListenerInit();
}
