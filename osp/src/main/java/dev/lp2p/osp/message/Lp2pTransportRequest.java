package dev.lp2p.osp.message;

/** Ours: for which of the session's connections the q2q connection is that begins with it. */
public record Lp2pTransportRequest(long connectionId) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.LP2P_TRANSPORT_REQUEST;
    }
}
