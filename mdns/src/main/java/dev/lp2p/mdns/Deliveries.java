package dev.lp2p.mdns;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Brings a listener, which may be slow, to know what is so now. What came and went meanwhile it never hears of, so that no
 * host can pile up events.
 */
final class Deliveries implements Browser.Reports {

    private record Key(InstanceName name, int interfaceIndex) {

        static Key of(DiscoveredService service) {
            return new Key(service.name(), service.interfaceIndex());
        }
    }

    private final Executor callbacks;
    private final BrowseListener listener;
    private final Map<Key, DiscoveredService> current = new HashMap<>();
    private final Map<Key, DiscoveredService> delivered = new HashMap<>();
    private final Set<Key> different = new LinkedHashSet<>();
    private boolean delivering;
    private boolean closed;

    Deliveries(Executor callbacks, BrowseListener listener) {
        this.callbacks = callbacks;
        this.listener = listener;
    }

    @Override
    public void seen(DiscoveredService service) {
        set(Key.of(service), service);
    }

    @Override
    public void lost(DiscoveredService service) {
        set(Key.of(service), null);
    }

    /** Nothing is delivered any more. */
    synchronized void close() {
        closed = true;
    }

    private void set(Key key, @Nullable DiscoveredService service) {
        synchronized (this) {
            if (service == null) {
                current.remove(key);
            } else {
                current.put(key, service);
            }
            if (Objects.equals(current.get(key), delivered.get(key))) {
                different.remove(key);
            } else {
                different.add(key);
            }
            if (delivering || different.isEmpty()) {
                return;
            }
            delivering = true;
        }
        callbacks.execute(this::deliver);
    }

    private void deliver() {
        boolean more = true;
        while (more) {
            more = deliverOne();
        }
    }

    /** False if there was nothing. */
    private boolean deliverOne() {
        DiscoveredService before;
        DiscoveredService now;
        synchronized (this) {
            Iterator<Key> next = different.iterator();
            if (closed || !next.hasNext()) {
                delivering = false;
                return false;
            }
            Key key = next.next();
            next.remove();
            now = current.get(key);
            before = now == null ? delivered.remove(key) : delivered.put(key, now);
        }
        try {
            tell(before, now);
        } catch (RuntimeException e) {
            Loop.LOG.log(Level.ERROR, "A listener of multicast DNS failed", e);
        }
        return true;
    }

    private void tell(@Nullable DiscoveredService before, @Nullable DiscoveredService now) {
        if (now == null) {
            listener.onLost(Objects.requireNonNull(before));
        } else if (before == null) {
            listener.onFound(now);
        } else {
            listener.onUpdated(now);
        }
    }
}
