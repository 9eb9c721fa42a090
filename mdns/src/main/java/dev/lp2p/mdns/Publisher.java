package dev.lp2p.mdns;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What this host says of itself: its name, from the first service to the last, and its services. */
final class Publisher {

    private final Loop loop;
    private final Sender sender;
    private final BooleanSupplier unicastWelcome;
    private final HostClaim hostClaim;
    private final List<Publication> services = new ArrayList<>();
    private @Nullable Publication host;
    private Name announcedHost;
    private LocalInterfaces interfaces = new LocalInterfaces(List.of());

    Publisher(Loop loop, Sender sender, BooleanSupplier unicastWelcome) {
        this.loop = loop;
        this.sender = sender;
        this.unicastWelcome = unicastWelcome;
        this.hostClaim = new HostClaim(loop, () -> interfaces);
        this.announcedHost = hostClaim.name();
    }

    /** @param onEstablished called whenever the instance's name has become ours on every link */
    Publication publish(ServiceDescription service, Runnable onEstablished) {
        loop.assertOnLoop();
        if (host == null) {
            host = start(hostClaim, this::onHostEstablished);
        }
        Publication publication = start(new ServiceClaim(service, hostClaim::name), onEstablished);
        services.add(publication);
        return publication;
    }

    void withdraw(Publication service) {
        loop.assertOnLoop();
        if (services.remove(service)) {
            service.withdraw();
        }
        if (services.isEmpty() && host != null) {
            host.withdraw();
            host = null;
        }
    }

    void withdrawAll() {
        List.copyOf(services).forEach(this::withdraw);
    }

    void onInterfaces(LocalInterfaces now) {
        LocalInterfaces before = interfaces;
        interfaces = now;
        for (LocalInterface old : before.interfaces()) {
            if (now.byIndex(old.index()).isEmpty()) {
                publications().forEach(publication -> publication.removeLink(old.index()));
            }
        }
        for (LocalInterface link : now.interfaces()) {
            LocalInterface old = before.byIndex(link.index()).orElse(null);
            if (old == null) {
                publications().forEach(publication -> publication.addLink(link));
            } else if (!old.equals(link)) {
                publications().forEach(publication -> publication.changeLink(link));
            }
        }
    }

    void onProbe(LocalInterface link, DnsMessage probe) {
        publications().forEach(publication -> publication.onProbe(link, probe));
    }

    void onResponse(LocalInterface link, List<Resource> records, boolean fromThisHost) {
        publications().forEach(publication -> publication.onResponse(link, records, fromThisHost));
    }

    /** The addresses that may be told on the link now. */
    List<Resource> hostRecords(LocalInterface link) {
        return host == null ? List.of() : host.records(link);
    }

    /** The host first. */
    List<Publication> publications() {
        List<Publication> all = new ArrayList<>();
        if (host != null) {
            all.add(host);
        }
        all.addAll(services);
        return all;
    }

    private Publication start(Claim claim, Runnable onEstablished) {
        Publication publication = new Publication(loop, sender, claim, unicastWelcome, onEstablished);
        interfaces.interfaces().forEach(publication::addLink);
        return publication;
    }

    private void onHostEstablished() {
        if (!announcedHost.equals(hostClaim.name())) {
            announcedHost = hostClaim.name();
            services.forEach(Publication::announce); // Their SRV records name the host.
        }
    }
}
