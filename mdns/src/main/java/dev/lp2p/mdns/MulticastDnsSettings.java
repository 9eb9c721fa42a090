package dev.lp2p.mdns;

import java.util.Set;

/**
 * What an owner may choose.
 *
 * @param interfaces the names of the network interfaces to use, whenever they are up; if empty, every one that is up,
 *     can multicast, and is neither loopback nor point-to-point
 */
public record MulticastDnsSettings(Set<String> interfaces) {

    /** Copies the set. */
    public MulticastDnsSettings {
        interfaces = Set.copyOf(interfaces);
    }
}
