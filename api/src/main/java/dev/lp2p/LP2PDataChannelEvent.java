package dev.lp2p;

/**
 * The peer made a data channel.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel-event">LP2PDataChannelEvent</a>
 */
public record LP2PDataChannelEvent(LP2PDataChannel channel) {}
