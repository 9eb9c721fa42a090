package dev.lp2p.mdns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Makes a service out of the cached records of one instance on one link, and asks for those that are missing. */
final class Resolver {

    private static final Comparator<InetAddress> ORDER = Comparator.comparing(
                    (InetAddress address) -> !(address instanceof Inet4Address))
            .thenComparing(InetAddress::isLinkLocalAddress)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final Querier querier;
    private final Cache cache;
    private final LocalInterface link;
    private final ServiceType type;
    private final InstanceName instance;
    private final Name name;
    private final Browser.Reports reports;
    private final Map<Cache.Key, Runnable> asking = new HashMap<>();
    private @Nullable Name host;
    private @Nullable DiscoveredService reported;

    Resolver(
            Querier querier,
            Cache cache,
            LocalInterface link,
            ServiceType type,
            InstanceName instance,
            Name name,
            Browser.Reports reports) {
        this.querier = querier;
        this.cache = cache;
        this.link = link;
        this.type = type;
        this.instance = instance;
        this.name = name;
        this.reports = reports;
    }

    void evaluate() {
        Optional<DiscoveredService> now = resolve();
        if (now.isEmpty()) {
            loseReported();
        } else if (!now.get().equals(reported)) {
            reported = now.get();
            reports.seen(reported);
        }
    }

    /** Whether the name is of the host that the service is on. */
    boolean isOn(Name other) {
        return other.equals(host);
    }

    /** The instance is gone. */
    void lose() {
        stop();
        loseReported();
    }

    void stop() {
        asking.values().forEach(Runnable::run);
        asking.clear();
    }

    private void loseReported() {
        if (reported != null) {
            reports.lost(reported);
            reported = null;
        }
    }

    private Optional<DiscoveredService> resolve() {
        List<Resource> locations = known(name, Type.SRV);
        List<Resource> texts = known(name, Type.TXT);
        ask(name, Type.SRV, locations.isEmpty());
        ask(name, Type.TXT, texts.isEmpty());
        if (locations.isEmpty()) {
            return Optional.empty();
        }
        SRVRecord location = (SRVRecord) locations.get(0).record();
        if (location.getPort() == 0 || !location.getTarget().subdomain(Names.LOCAL)) {
            return Optional.empty(); // Nothing that multicast DNS can lead to.
        }
        moveTo(location.getTarget());
        List<InetAddress> addresses = addresses(location.getTarget());
        ask(location.getTarget(), Type.A, addresses.isEmpty());
        ask(location.getTarget(), Type.AAAA, addresses.isEmpty());
        if (texts.isEmpty() || addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DiscoveredService(
                instance,
                type,
                location.getTarget().toString(true),
                location.getPort(),
                TextRecord.decode(texts.get(0).data()),
                addresses,
                link.name(),
                link.index()));
    }

    private List<InetAddress> addresses(Name target) {
        List<InetAddress> addresses = new ArrayList<>();
        for (int addressType : new int[] {Type.A, Type.AAAA}) {
            for (Resource record : known(target, addressType)) {
                addresses.add(address(record.data()));
            }
        }
        return addresses.stream().sorted(ORDER).limit(Protocol.MAX_ADDRESSES).toList();
    }

    private InetAddress address(byte[] bytes) {
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address instanceof Inet6Address && address.isLinkLocalAddress()
                    ? Inet6Address.getByAddress(null, bytes, link.index())
                    : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The parser lets only addresses of legal length pass", e);
        }
    }

    private List<Resource> known(Name of, int recordType) {
        return cache.get(link.index(), of, recordType);
    }

    private void moveTo(Name target) {
        if (host != null && !host.equals(target)) {
            ask(host, Type.A, false);
            ask(host, Type.AAAA, false);
        }
        host = target;
    }

    private void ask(Name of, int recordType, boolean missing) {
        Cache.Key key = new Cache.Key(link.index(), of, recordType);
        if (missing) {
            asking.computeIfAbsent(key, absent -> querier.ask(link, of, recordType, Duration.ZERO));
        } else {
            Runnable stop = asking.remove(key);
            if (stop != null) {
                stop.run();
            }
        }
    }
}
