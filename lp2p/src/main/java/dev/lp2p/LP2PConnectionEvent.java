package dev.lp2p;

/**
 * A peer connected to a receiver, with the user's consent.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-receiver-connection-event">LP2PConnectionEvent</a>
 */
public record LP2PConnectionEvent(LP2PConnection connection) {}
