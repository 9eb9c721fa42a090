package dev.lp2p.mdns;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A service that is being advertised, until it is closed. */
public final class ServiceRegistration implements AutoCloseable {

    private final Loop loop;
    private final Publisher publisher;
    private final ServiceDescription service;
    private final Executor callbacks;
    private final RegistrationListener listener;
    private @Nullable Publication publication;
    private @Nullable InstanceName announced;
    private boolean closed;

    ServiceRegistration(
            Loop loop,
            Publisher publisher,
            ServiceDescription service,
            Executor callbacks,
            RegistrationListener listener) {
        this.loop = loop;
        this.publisher = publisher;
        this.service = service;
        this.callbacks = callbacks;
        this.listener = listener;
    }

    /** Advertises other attributes from now on; who browses hears of it within about a second. */
    public void updateText(TextRecord text) {
        loop.post(() -> {
            if (publication != null && publication.claim() instanceof ServiceClaim claim) {
                claim.updateText(text);
                publication.announce();
            }
        });
    }

    /** Stops advertising and tells everybody that the service is gone. */
    @Override
    public void close() {
        loop.post(() -> {
            closed = true;
            if (publication != null) {
                publisher.withdraw(publication);
                publication = null;
            }
        });
    }

    void start() {
        publication = publisher.publish(service, this::onEstablished);
    }

    private void onEstablished() {
        if (closed || publication == null || !(publication.claim() instanceof ServiceClaim claim)) {
            return;
        }
        InstanceName before = announced;
        InstanceName name = claim.instance();
        announced = name;
        if (before == null) {
            callbacks.execute(() -> listener.onRegistered(name));
        } else if (!before.equals(name)) {
            callbacks.execute(() -> listener.onRenamed(before, name));
        }
    }
}
