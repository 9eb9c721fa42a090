package dev.lp2p.osp.message;

/** Keeps a connection alive; answered by {@link AgentStatusResponse}. */
public record AgentStatusRequest(long requestId) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AGENT_STATUS_REQUEST;
    }
}
