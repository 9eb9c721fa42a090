package dev.lp2p.osp.agent;

import dev.lp2p.osp.message.AuthCapabilities;
import java.util.List;
import java.util.Set;

/**
 * How an agent presents itself, and where.
 *
 * @param displayName what people call the device; becomes the instance name, with a number if that is in use
 * @param modelName of the device, not empty
 * @param locales the user's languages as RFC 5646 tags, most preferred first; told to authenticated peers only
 * @param interfaces names of the network interfaces to use; if empty, every usable one except loopback
 * @param port where the agent listens, 0 for any
 * @param authCapabilities how easily a code is entered here
 * @param metadata remembers what the agent says of itself
 */
public record OspAgentSettings(
        String displayName,
        String modelName,
        List<String> locales,
        Set<String> interfaces,
        int port,
        AuthCapabilities authCapabilities,
        MetadataStore metadata) {

    /** @throws IllegalArgumentException if a name is empty */
    public OspAgentSettings {
        if (displayName.isBlank() || modelName.isBlank()) {
            throw new IllegalArgumentException("A device needs a display name and a model name");
        }
        locales = List.copyOf(locales);
        interfaces = Set.copyOf(interfaces);
    }
}
