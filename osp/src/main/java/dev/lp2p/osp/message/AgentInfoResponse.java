package dev.lp2p.osp.message;

/** The answer to an {@link AgentInfoRequest}. */
public record AgentInfoResponse(long requestId, AgentInfo agentInfo) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AGENT_INFO_RESPONSE;
    }
}
