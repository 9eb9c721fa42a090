package dev.lp2p.mdns;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;

/** A record of another host, and when it ends and is asked for again. */
final class CachedRecord {

    /** Percent of the time to live: https://www.rfc-editor.org/rfc/rfc6762#section-5.2 */
    private static final int[] REFRESH_AT = {80, 85, 90, 95};

    /** So many percent are added at random, that not everybody asks at once. */
    private static final int REFRESH_SPREAD = 2;

    private final InetAddress source;
    private Resource resource;
    private Instant received;
    private Instant expires;
    private Duration spread;
    private int refreshes;

    CachedRecord(Resource resource, InetAddress source, Instant now, Loop loop) {
        this.source = source;
        this.resource = resource;
        this.received = now;
        this.expires = now.plus(ttl());
        this.spread = spread(loop);
    }

    Resource resource() {
        return resource;
    }

    InetAddress source() {
        return source;
    }

    Instant received() {
        return received;
    }

    Instant expires() {
        return expires;
    }

    /** The record was heard again. */
    void renew(Resource again, Instant now, Loop loop) {
        resource = again;
        received = now;
        expires = now.plus(ttl());
        spread = spread(loop);
        refreshes = 0;
    }

    /** The record is not true any more, unless somebody says otherwise within a moment. */
    void endAfterGrace(Instant now) {
        Instant end = now.plus(Protocol.GRACE);
        if (end.isBefore(expires)) {
            expires = end;
        }
        refreshes = REFRESH_AT.length;
    }

    /** Whether it is time to ask for the record again; says so once for each of the times. */
    boolean takeRefresh(Instant now) {
        boolean due = false;
        while (refreshes < REFRESH_AT.length && !refreshTime().isAfter(now)) {
            refreshes++;
            due = true;
        }
        return due;
    }

    Instant nextEvent() {
        return refreshes < REFRESH_AT.length ? refreshTime() : expires;
    }

    private Instant refreshTime() {
        return received.plus(ttl().multipliedBy(REFRESH_AT[refreshes]).dividedBy(100))
                .plus(spread);
    }

    private Duration ttl() {
        Duration ttl = resource.ttl();
        return ttl.compareTo(Protocol.MAX_TTL) > 0 ? Protocol.MAX_TTL : ttl;
    }

    private Duration spread(Loop loop) {
        return loop.between(Duration.ZERO, ttl().multipliedBy(REFRESH_SPREAD).dividedBy(100));
    }
}
