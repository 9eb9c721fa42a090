package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.NetworkInterface;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on real sockets on the loopback interface; nothing leaves the machine. */
class LoopbackTest {

    private static final String LOOPBACK = "lo";
    private static final long TIMEOUT_SECONDS = 30;

    /** One of its own for every test: the machine has one loopback, and others may run tests on it. */
    private final ServiceType type =
            new ServiceType("_t" + UUID.randomUUID().toString().substring(0, 8) + "a._udp");

    /** Of each instance's own thread, so that only the order within each queue is certain. */
    private final BlockingQueue<String> names = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<DiscoveredService> services = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MulticastDns one;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MulticastDns two;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(NetworkInterface.getByName(LOOPBACK) != null, "There is no interface named lo");
        MulticastDnsSettings settings = new MulticastDnsSettings(Set.of(LOOPBACK));
        one = MulticastDns.start(settings);
        two = MulticastDns.start(settings);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void aServiceIsFoundUpdatedAndLost() throws Exception {
        byte[] binary = {0, 1, (byte) 0xff, '='};
        InstanceName name = InstanceName.of("📺 Wohnzimmer. Grün\0");
        ServiceRegistration registration = one.register(
                new ServiceDescription(name, type, 4433, TextRecord.empty().with("bin", binary)), new Heard());
        two.browse(type, new Watched());

        assertThat(nextName()).isEqualTo("registered " + name);
        assertThat(next()).isEqualTo("found " + name);
        DiscoveredService found = services.remove();
        assertThat(found.name()).isEqualTo(name);
        assertThat(found.port()).isEqualTo(4433);
        assertThat(found.text().value("bin")).contains(binary);
        assertThat(found.addresses()).contains(SimulatedLink.address("127.0.0.1"));
        assertThat(found.interfaceName()).isEqualTo(LOOPBACK);

        registration.updateText(TextRecord.empty().with("bin", "other"));
        assertThat(next()).isEqualTo("updated " + name);
        assertThat(services.remove().text().string("bin")).contains("other");

        registration.close();
        assertThat(next()).isEqualTo("lost " + name);
    }

    @Test
    void aBrowserThatStartsLaterFindsTheServiceToo() throws Exception {
        InstanceName name = InstanceName.of("Living Room");
        one.register(new ServiceDescription(name, type, 4433, TextRecord.empty()), new Heard());
        assertThat(nextName()).isEqualTo("registered Living Room");

        two.browse(type, new Watched());

        assertThat(next()).isEqualTo("found Living Room");
    }

    @Test
    void aSecondServiceOfTheNameIsRenamed() throws Exception {
        InstanceName name = InstanceName.of("Living Room");
        one.register(new ServiceDescription(name, type, 4433, TextRecord.empty()), new Heard());
        assertThat(nextName()).isEqualTo("registered Living Room");

        two.register(new ServiceDescription(name, type, 4434, TextRecord.empty()), new Heard());

        assertThat(nextName()).isEqualTo("registered Living Room (2)");
    }

    @Test
    void closingSaysGoodbye() throws Exception {
        two.browse(type, new Watched());
        one.register(
                new ServiceDescription(InstanceName.of("Living Room"), type, 4433, TextRecord.empty()), new Heard());
        assertThat(nextName()).isEqualTo("registered Living Room");
        assertThat(next()).isEqualTo("found Living Room");

        one.close();

        assertThat(next()).isEqualTo("lost Living Room");
    }

    @Test
    void theOwnerSeesTheInterfacesInUse() throws Exception {
        assertThat(one.localInterfaces().interfaces())
                .extracting(LocalInterface::name)
                .containsExactly(LOOPBACK);
        assertThat(one.localInterfaces().isOnLink(SimulatedLink.address("127.0.0.2")))
                .isTrue();
        assertThat(one.localInterfaces().isOnLink(SimulatedLink.address("192.0.2.1")))
                .isFalse();
    }

    private @Nullable String nextName() throws InterruptedException {
        return names.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private @Nullable String next() throws InterruptedException {
        return events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private final class Heard implements RegistrationListener {

        @Override
        public void onRegistered(InstanceName name) {
            names.add("registered " + name);
        }

        @Override
        public void onRenamed(InstanceName oldName, InstanceName newName) {
            names.add("renamed " + oldName + " to " + newName);
        }
    }

    private final class Watched implements BrowseListener {

        @Override
        public void onFound(DiscoveredService service) {
            services.add(service);
            events.add("found " + service.name());
        }

        @Override
        public void onUpdated(DiscoveredService service) {
            services.add(service);
            events.add("updated " + service.name());
        }

        @Override
        public void onLost(DiscoveredService service) {
            events.add("lost " + service.name());
        }
    }
}
