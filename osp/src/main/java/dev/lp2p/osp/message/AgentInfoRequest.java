package dev.lp2p.osp.message;

/** Asks the peer for its {@link AgentInfo}. */
public record AgentInfoRequest(long requestId) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AGENT_INFO_REQUEST;
    }
}
