package dev.lp2p.osp.message;

/** The numbers of the agent capabilities that this project speaks, as they stand in {@link AgentInfo#capabilities()}. */
public final class AgentCapability {

    // https://wicg.github.io/local-peer-to-peer/#appendix-a
    public static final long DATA_CHANNELS = 1100;

    /** QUIC connections of their own, beside the session. */
    public static final long QUICK_TRANSPORT = 1200;

    /**
     * Ours, and in no registry: an agent that says which of its pages or programs asks for a connection, as
     * {@code docs/origins-extension.md} describes.
     */
    public static final long ORIGINS = 1300;

    private AgentCapability() {}
}
