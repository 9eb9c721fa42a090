package dev.lp2p.mdns;

import java.util.concurrent.Executor;

/** A search for services, until it is closed; after that its listener hears nothing more. */
public final class Browsing implements AutoCloseable {

    private final Loop loop;
    private final Discovery discovery;
    private final ServiceType type;
    private final Executor callbacks;
    private final BrowseListener listener;
    private final Browser.Reports reports = new ToListener();
    private volatile boolean closed;

    Browsing(Loop loop, Discovery discovery, ServiceType type, Executor callbacks, BrowseListener listener) {
        this.loop = loop;
        this.discovery = discovery;
        this.type = type;
        this.callbacks = callbacks;
        this.listener = listener;
    }

    @Override
    public void close() {
        closed = true;
        loop.post(() -> discovery.stop(reports));
    }

    void start() {
        if (!closed) {
            discovery.start(type, reports);
        }
    }

    private final class ToListener implements Browser.Reports {

        @Override
        public void found(DiscoveredService service) {
            tell(() -> listener.onFound(service));
        }

        @Override
        public void updated(DiscoveredService service) {
            tell(() -> listener.onUpdated(service));
        }

        @Override
        public void lost(DiscoveredService service) {
            tell(() -> listener.onLost(service));
        }

        private void tell(Runnable what) {
            callbacks.execute(() -> {
                if (!closed) {
                    what.run();
                }
            });
        }
    }
}
