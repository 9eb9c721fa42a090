package dev.lp2p.mdns;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks which of the wanted network interfaces are up and have an address. */
final class InterfaceScanner {

    private final Set<String> wanted;

    /** @param wanted names; if empty, all that suit */
    InterfaceScanner(Set<String> wanted) {
        this.wanted = wanted;
    }

    List<LocalInterface> scan() {
        List<LocalInterface> found = new ArrayList<>();
        for (NetworkInterface each : all()) {
            LocalInterface usable = usable(each);
            if (usable != null) {
                found.add(usable);
            }
        }
        return found;
    }

    private static List<NetworkInterface> all() {
        try {
            return NetworkInterface.networkInterfaces().toList();
        } catch (SocketException e) {
            return List.of(); // There is none.
        }
    }

    private @Nullable LocalInterface usable(NetworkInterface each) {
        try {
            if (!each.isUp() || !isWanted(each)) {
                return null;
            }
            List<LocalInterface.Prefix> prefixes = each.getInterfaceAddresses().stream()
                    .map(address -> new LocalInterface.Prefix(address.getAddress(), address.getNetworkPrefixLength()))
                    .toList();
            return prefixes.isEmpty()
                    ? null
                    : new LocalInterface(each.getName(), each.getIndex(), each.isLoopback(), prefixes);
        } catch (SocketException e) {
            return null; // It went away meanwhile.
        }
    }

    private boolean isWanted(NetworkInterface each) throws SocketException {
        // Linux can multicast on loopback though the interface does not say so: who names one gets it as it is.
        return wanted.isEmpty()
                ? each.supportsMulticast() && !each.isLoopback() && !each.isPointToPoint()
                : wanted.contains(each.getName());
    }
}
