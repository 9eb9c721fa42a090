package dev.lp2p.mdns;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** The half that asks: the browsers, and the cache that is kept for them as long as there are any. */
final class Discovery {

    /** Sweeps come no closer, however many different ends a hostile host gives its records. */
    private static final Duration MIN_SWEEP_INTERVAL = Duration.ofMillis(20);

    private final Loop loop;
    private final Cache cache;
    private final Querier querier;
    private final List<Browser> browsers = new ArrayList<>();
    private LocalInterfaces interfaces = new LocalInterfaces(List.of());
    private @Nullable Future<?> sweep;

    Discovery(Loop loop, Sender sender, BooleanSupplier unicastWelcome) {
        this.loop = loop;
        this.cache = new Cache(loop);
        this.querier = new Querier(loop, sender, cache, unicastWelcome);
    }

    void start(ServiceType type, Browser.Reports reports) {
        loop.assertOnLoop();
        Browser browser = new Browser(querier, cache, type, reports);
        browsers.add(browser);
        // A person or a program asks: unlike a link that comes up, nothing makes many hosts do so at the same moment,
        // and no random delay is needed.
        interfaces.interfaces().forEach(link -> browser.addLink(link, Duration.ZERO));
    }

    void stop(Browser.Reports reports) {
        loop.assertOnLoop();
        browsers.removeIf(browser -> {
            boolean found = browser.reportsTo(reports);
            if (found) {
                browser.close();
            }
            return found;
        });
        cache.retain(this::isWanted);
    }

    void onInterfaces(LocalInterfaces now) {
        LocalInterfaces before = interfaces;
        interfaces = now;
        for (LocalInterface old : before.interfaces()) {
            if (now.byIndex(old.index()).isEmpty()) {
                browsers.forEach(browser -> browser.removeLink(old.index()));
                cache.removeLink(old.index());
                querier.removeLink(old.index());
            }
        }
        for (LocalInterface link : now.interfaces()) {
            if (before.byIndex(link.index()).isEmpty()) {
                // https://www.rfc-editor.org/rfc/rfc6762#section-5.2
                Duration delay = loop.between(Protocol.MIN_SHARED_DELAY, Protocol.MAX_SHARED_DELAY);
                browsers.forEach(browser -> browser.addLink(link, delay));
            }
        }
    }

    void onQuery(LocalInterface link, DnsMessage query) {
        querier.onQuery(link, query);
    }

    void onResponse(LocalInterface link, InetAddress source, List<Resource> records) {
        List<Resource> wanted = records.stream().filter(this::isWanted).toList();
        if (wanted.isEmpty()) {
            return;
        }
        if (cache.accept(link.index(), source, wanted)) {
            browsers.forEach(browser -> browser.evaluate(link.index()));
        }
        scheduleSweep();
    }

    int cachedRecords() {
        return cache.size();
    }

    private boolean isWanted(Resource resource) {
        return switch (resource.type()) {
            case Type.A, Type.AAAA -> !browsers.isEmpty();
            case Type.PTR, Type.SRV, Type.TXT ->
                browsers.stream().anyMatch(browser -> browser.isAbout(resource.name()));
            default -> false;
        };
    }

    private void scheduleSweep() {
        if (sweep != null) {
            sweep.cancel(false);
        }
        Instant now = loop.now();
        sweep = cache.nextSweep()
                .map(time -> {
                    Duration left = Duration.between(now, time);
                    return left.compareTo(MIN_SWEEP_INTERVAL) < 0 ? MIN_SWEEP_INTERVAL : left;
                })
                .map(delay -> loop.after(delay, this::sweep))
                .orElse(null);
    }

    private void sweep() {
        Cache.Swept swept = cache.sweep();
        for (int index : swept.changedLinks()) {
            browsers.forEach(browser -> browser.evaluate(index));
        }
        for (Cache.Key key : swept.toRefresh()) {
            if (browsers.stream().anyMatch(browser -> browser.uses(key))) {
                interfaces.byIndex(key.interfaceIndex()).ifPresent(link -> querier.refresh(link, key));
            }
        }
        scheduleSweep();
    }
}
