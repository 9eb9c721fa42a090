package dev.lp2p.mdns;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Type;

/** Watches the instances of one service type on every link, and keeps a resolver for each. */
final class Browser {

    /** Hears what the resolvers found out. */
    interface Reports {

        /** A service, or what is different of it now. */
        void seen(DiscoveredService service);

        void lost(DiscoveredService service);
    }

    private final Querier querier;
    private final Cache cache;
    private final ServiceType type;
    private final Name typeName;
    private final Reports reports;
    private final Map<Integer, OnLink> links = new HashMap<>();

    Browser(Querier querier, Cache cache, ServiceType type, Reports reports) {
        this.querier = querier;
        this.cache = cache;
        this.type = type;
        this.typeName = Names.of(type);
        this.reports = reports;
    }

    boolean reportsTo(Reports other) {
        return reports.equals(other);
    }

    void addLink(LocalInterface link, Duration delay) {
        links.put(link.index(), new OnLink(link, querier.ask(link, typeName, Type.PTR, delay)));
        evaluate(link.index());
    }

    void removeLink(int index) {
        OnLink onLink = links.remove(index);
        if (onLink != null) {
            onLink.stopAsking.run();
            onLink.resolvers.values().forEach(Resolver::lose);
        }
    }

    /** What the cache holds of the link may be different now. */
    void evaluate(int index) {
        OnLink onLink = links.get(index);
        if (onLink == null) {
            return;
        }
        Set<Name> instances = new HashSet<>();
        for (Resource pointer : cache.get(index, typeName, Type.PTR)) {
            Name instance = ((PTRRecord) pointer.record()).getTarget();
            Optional<InstanceName> name = Names.instance(instance, typeName);
            if (name.isPresent()) {
                instances.add(instance);
                onLink.resolvers.computeIfAbsent(
                        instance,
                        absent -> new Resolver(querier, cache, onLink.link, type, name.get(), instance, reports));
            }
        }
        onLink.resolvers.entrySet().removeIf(entry -> {
            boolean gone = !instances.contains(entry.getKey());
            if (gone) {
                entry.getValue().lose();
            }
            return gone;
        });
        onLink.resolvers.values().forEach(Resolver::evaluate);
    }

    /** Whether records of the name, if it is no host's, are of use. */
    boolean isAbout(Name name) {
        return name.subdomain(typeName);
    }

    /** Whether a report stands on the record. */
    boolean uses(Cache.Key key) {
        OnLink onLink = links.get(key.interfaceIndex());
        return isAbout(key.name())
                || (onLink != null
                        && onLink.resolvers.values().stream().anyMatch(resolver -> resolver.isOn(key.name())));
    }

    /** Stops without another report. */
    void close() {
        for (OnLink onLink : links.values()) {
            onLink.stopAsking.run();
            onLink.resolvers.values().forEach(Resolver::stop);
        }
        links.clear();
    }

    private static final class OnLink {

        private final LocalInterface link;
        private final Runnable stopAsking;
        private final Map<Name, Resolver> resolvers = new HashMap<>();

        OnLink(LocalInterface link, Runnable stopAsking) {
            this.link = link;
            this.stopAsking = stopAsking;
        }
    }
}
