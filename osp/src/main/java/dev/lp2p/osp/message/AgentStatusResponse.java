package dev.lp2p.osp.message;

/** The answer to an {@link AgentStatusRequest}. */
public record AgentStatusResponse(long requestId) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AGENT_STATUS_RESPONSE;
    }
}
