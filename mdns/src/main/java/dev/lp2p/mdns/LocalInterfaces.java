package dev.lp2p.mdns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The network interfaces in use at one moment. */
public record LocalInterfaces(List<LocalInterface> interfaces) {

    /** Copies the list. */
    public LocalInterfaces {
        interfaces = List.copyOf(interfaces);
    }

    /** Whether {@code address} belongs to a subnet of one of the interfaces, so that no router lies between. */
    public boolean isOnLink(InetAddress address) {
        return interfaces.stream().anyMatch(each -> each.isOnLink(address));
    }

    /** Whether {@code address} is one of this host's. */
    public boolean owns(InetAddress address) {
        return interfaces.stream().anyMatch(each -> each.owns(address));
    }

    Optional<LocalInterface> byIndex(int index) {
        return interfaces.stream().filter(each -> each.index() == index).findFirst();
    }
}
