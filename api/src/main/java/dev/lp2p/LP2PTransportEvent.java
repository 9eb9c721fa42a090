package dev.lp2p;

/** Ours: the peer made a transport that no constructor and no listener here waited for. */
public record LP2PTransportEvent(LP2PQuicTransport transport) {}
