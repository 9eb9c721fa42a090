package dev.lp2p.osp.message;

import java.util.List;
import java.util.Set;

/**
 * What an agent says of itself. Unverified until the peer is authenticated.
 *
 * @param displayName for a person to read, not empty
 * @param modelName of the device, may be empty
 * @param capabilities numbers of the capabilities registry, known to us or not
 * @param stateToken eight characters of {@code [0-9A-Za-z]}, new when the agent lost its state
 * @param locales RFC 5646 language tags in the order of the user's preference
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">Metadata discovery</a>
 */
public record AgentInfo(
        String displayName, String modelName, Set<Long> capabilities, String stateToken, List<String> locales) {

    public AgentInfo {
        capabilities = Set.copyOf(capabilities);
        locales = List.copyOf(locales);
    }
}
