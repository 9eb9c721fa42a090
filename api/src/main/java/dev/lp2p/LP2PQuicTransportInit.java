package dev.lp2p;

/**
 * How to make a transport; the draft has nothing to choose yet.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport">LP2PQuicTransportInit</a>
 */
public record LP2PQuicTransportInit() {

    /** Nothing chosen. */
    public static final LP2PQuicTransportInit DEFAULT = new LP2PQuicTransportInit();
}
