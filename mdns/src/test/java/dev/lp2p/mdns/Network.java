package dev.lp2p.mdns;

import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A simulated network with hosts that speak mDNS, and what their owners heard. */
final class Network {

    static final ServiceType TYPE = new ServiceType("_openscreen._udp");

    final SimulatedLoop loop = new SimulatedLoop();
    final SimulatedLink link = new SimulatedLink(loop, 1, 1);
    private int hosts;

    /** A host with its address on the first link. */
    Node host() {
        hosts++;
        return start(new SimulatedLink.Host().attach(link, "10.77.0." + hosts, "fe80::" + hosts));
    }

    Node start(SimulatedLink.Host host) {
        MulticastDns dns = new MulticastDns(loop, loop, new Random(hosts), Runnable::run, host, () -> {});
        loop.runReady();
        return new Node(host, dns);
    }

    void advance(Duration time) {
        loop.advance(time);
    }

    void advanceMillis(long millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    static ServiceDescription service(String name) {
        return new ServiceDescription(
                InstanceName.of(name), TYPE, 4433, TextRecord.empty().with("fp", "abc"));
    }

    record Node(SimulatedLink.Host host, MulticastDns dns) {

        Registered register(String name) {
            return register(service(name));
        }

        Registered register(ServiceDescription service) {
            Registered names = new Registered();
            names.registration = dns.register(service, names);
            return names;
        }

        Found browse() {
            Found services = new Found();
            services.browsing = dns.browse(TYPE, services);
            return services;
        }
    }

    /** The names under which a service was registered, in order. */
    static final class Registered implements RegistrationListener {

        final List<String> events = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // Set by register() before anybody sees it.
        ServiceRegistration registration;

        @Override
        public void onRegistered(InstanceName name) {
            events.add(name.toString());
        }

        @Override
        public void onRenamed(InstanceName oldName, InstanceName newName) {
            events.add(oldName + " -> " + newName);
        }
    }

    /** What a browser reported, in order. */
    static final class Found implements BrowseListener {

        final List<String> events = new ArrayList<>();
        final List<DiscoveredService> found = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // Set by browse() before anybody sees it.
        Browsing browsing;

        @Override
        public void onFound(DiscoveredService service) {
            events.add("+" + service.name());
            found.add(service);
        }

        @Override
        public void onUpdated(DiscoveredService service) {
            events.add("~" + service.name());
            found.add(service);
        }

        @Override
        public void onLost(DiscoveredService service) {
            events.add("-" + service.name());
        }

        DiscoveredService last() {
            return found.get(found.size() - 1);
        }
    }
}
