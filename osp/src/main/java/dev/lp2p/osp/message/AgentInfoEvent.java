package dev.lp2p.osp.message;

/** Tells connected agents that the sender's {@link AgentInfo} changed. */
public record AgentInfoEvent(AgentInfo agentInfo) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AGENT_INFO_EVENT;
    }
}
