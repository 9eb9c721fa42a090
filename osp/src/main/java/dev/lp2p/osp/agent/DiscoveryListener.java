package dev.lp2p.osp.agent;

/** Hears of advertising agents, on the agent's loop. */
public interface DiscoveryListener {

    /** An agent appeared, or its records changed; the fingerprint with the instance name says which. */
    void onFound(DiscoveredAgent agent);

    /** It said goodbye, or its records ran out. */
    void onLost(DiscoveredAgent agent);
}
