package dev.lp2p.osp.message;

/** The numbers of the agent capabilities that this project speaks, as they stand in {@link AgentInfo#capabilities()}. */
public final class AgentCapability {

    // https://wicg.github.io/local-peer-to-peer/#appendix-a
    public static final long DATA_CHANNELS = 1100;

    private AgentCapability() {}
}
