package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final Network.Found found = new Network.Found();
    private final Deliveries deliveries = new Deliveries(callbacks::add, found);

    @Test
    void aSlowListenerHearsOnlyWhatIsSoWhenItListensAgain() {
        for (int i = 1; i < 1000; i++) {
            deliveries.seen(service("toggling", i));
            deliveries.seen(service("passing", i));
            deliveries.lost(service("passing", i));
        }
        assertThat(callbacks).hasSize(1);
        listen();
        assertThat(found.events).containsExactly("+toggling");
        assertThat(found.last().port()).isEqualTo(999);

        deliveries.seen(service("toggling", 1));
        deliveries.seen(service("toggling", 999));
        listen();
        assertThat(found.events).containsExactly("+toggling");

        deliveries.seen(service("toggling", 1));
        listen();
        deliveries.lost(service("toggling", 1));
        listen();
        assertThat(found.events).containsExactly("+toggling", "~toggling", "-toggling");
    }

    @Test
    void aListenerThatFailsHearsOfTheNextService() {
        Deliveries failing = new Deliveries(callbacks::add, service -> {
            found.onFound(service);
            throw new IllegalStateException("the listener fails, as this test wants it to");
        });
        failing.seen(service("a", 1));
        failing.seen(service("b", 1));

        listen();

        assertThat(found.events).containsExactly("+a", "+b");
    }

    @Test
    void nothingIsDeliveredAfterClosing() {
        deliveries.seen(service("a", 1));
        deliveries.close();

        listen();

        assertThat(found.events).isEmpty();
    }

    private void listen() {
        Runnable callback;
        while ((callback = callbacks.poll()) != null) {
            callback.run();
        }
    }

    private static DiscoveredService service(String name, int port) {
        return new DiscoveredService(
                InstanceName.of(name),
                Network.TYPE,
                "h.local",
                port,
                TextRecord.empty(),
                List.of(SimulatedLink.address("10.77.0.1")),
                "sim1",
                1);
    }
}
