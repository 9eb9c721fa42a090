package dev.lp2p.gateway;

import java.util.HashMap;
import java.util.Map;

/** Sockets of pages that are open. Belongs to the gateway's loop. */
final class SocketCounts {

    private final Map<String, Integer> ofOrigins = new HashMap<>();
    private int all;

    /** @return whether there was a place */
    boolean enter(String webOrigin) {
        int of = ofOrigins.getOrDefault(webOrigin, 0);
        if (all >= Limits.SOCKETS || of >= Limits.SOCKETS_OF_ORIGIN) {
            return false;
        }
        all++;
        ofOrigins.put(webOrigin, of + 1);
        return true;
    }

    void leave(String webOrigin) {
        all--;
        ofOrigins.computeIfPresent(webOrigin, (origin, count) -> count == 1 ? null : count - 1);
    }
}
