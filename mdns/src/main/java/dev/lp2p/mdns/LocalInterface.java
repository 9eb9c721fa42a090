package dev.lp2p.mdns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** A network interface that is up and in use, with its addresses. */
public record LocalInterface(String name, int index, boolean loopback, List<Prefix> prefixes) {

    /** Copies the list. */
    public LocalInterface {
        prefixes = List.copyOf(prefixes);
    }

    /** An address of this host and how many of its bits are the subnet's. */
    public record Prefix(InetAddress address, int length) {

        boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < length && bit < ours.length * Byte.SIZE; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The addresses of this host on the interface. */
    public List<InetAddress> addresses() {
        return prefixes.stream().map(Prefix::address).toList();
    }

    /** Whether {@code address} is of one of the interface's subnets; for a scoped IPv6 address, on this interface. */
    public boolean isOnLink(InetAddress address) {
        if (address instanceof Inet6Address v6 && v6.getScopeId() != 0 && v6.getScopeId() != index) {
            return false;
        }
        if (address.isLinkLocalAddress() && !loopback) {
            return true;
        }
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    boolean owns(InetAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.address().equals(address));
    }

    boolean hasIpv4() {
        return prefixes.stream().anyMatch(prefix -> !(prefix.address() instanceof Inet6Address));
    }

    boolean hasIpv6() {
        return prefixes.stream().anyMatch(prefix -> prefix.address() instanceof Inet6Address);
    }
}
