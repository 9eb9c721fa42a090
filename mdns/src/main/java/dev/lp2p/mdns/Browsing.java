package dev.lp2p.mdns;

/** A search for services, until it is closed; after that its listener hears nothing more. */
public final class Browsing implements AutoCloseable {

    private final Loop loop;
    private final Discovery discovery;
    private final ServiceType type;
    private final Deliveries deliveries;

    Browsing(Loop loop, Discovery discovery, ServiceType type, Deliveries deliveries) {
        this.loop = loop;
        this.discovery = discovery;
        this.type = type;
        this.deliveries = deliveries;
    }

    /** Stops the search; a call to the listener that has begun may still end. */
    @Override
    public void close() {
        deliveries.close();
        loop.post(() -> discovery.stop(deliveries));
    }

    void start() {
        discovery.start(type, deliveries);
    }
}
