package dev.lp2p.osp.agent;

import dev.lp2p.osp.message.AgentInfo;

/**
 * What an agent must remember to describe itself. Never called on an agent's loop; an implementation may be called from
 * any thread.
 */
public interface MetadataStore {

    /**
     * Eight characters of {@code [0-9A-Za-z]} that stay for as long as the known peers do: a new one tells peers that what
     * they remember of this agent is void.
     *
     * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">state-token</a>
     */
    String stateToken();

    /**
     * The version under which the agent advertises that it says {@code info} of itself: the same as the last time if that
     * was the last thing it said, otherwise greater than every one before.
     *
     * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#discovery">Discovery: mv</a>
     */
    long versionOf(AgentInfo info);
}
