package dev.lp2p.mdns;

import java.net.InetAddress;
import java.util.List;

/**
 * A service as one network interface sees it, with all that is needed to connect to it. Everything in it was said by an
 * unauthenticated host of the local network.
 *
 * <p>A service that is seen on several interfaces is found once on each.
 *
 * @param host the name of the host, such as {@code host.local}
 * @param addresses at least one; IPv4 before IPv6, and link-local IPv6 addresses last, with their scope
 */
public record DiscoveredService(
        InstanceName name,
        ServiceType type,
        String host,
        int port,
        TextRecord text,
        List<InetAddress> addresses,
        String interfaceName,
        int interfaceIndex) {

    /** Copies the list. */
    public DiscoveredService {
        addresses = List.copyOf(addresses);
    }
}
