package dev.lp2p.gateway;

import io.netty.util.NetUtil;
import java.util.HashMap;
import java.util.Map;

/** Sockets of pages that are open. Belongs to the gateway's loop. */
final class SocketCounts {

    private final Map<String, Integer> ofOrigins = new HashMap<>();
    private final Map<String, Integer> ofSites = new HashMap<>();
    private int all;

    /** @return whether there was a place */
    boolean enter(String webOrigin) {
        String site = siteOf(webOrigin);
        if (all >= Limits.SOCKETS
                || ofOrigins.getOrDefault(webOrigin, 0) >= Limits.SOCKETS_OF_ORIGIN
                || ofSites.getOrDefault(site, 0) >= Limits.SOCKETS_OF_SITE) {
            return false;
        }
        all++;
        ofOrigins.merge(webOrigin, 1, Integer::sum);
        ofSites.merge(site, 1, Integer::sum);
        return true;
    }

    void leave(String webOrigin) {
        all--;
        removeOne(ofOrigins, webOrigin);
        removeOne(ofSites, siteOf(webOrigin));
    }

    /**
     * A name with all that is below it, which costs its owner nothing; or an address, which nothing is below. A name is its
     * last two labels. Where names are registered deeper, as in co.uk, the sites of many owners share the places of one, but
     * with any list or guess of such names an owner who is not on it would have the places of all.
     */
    static String siteOf(String webOrigin) {
        String host = webOrigin.substring(webOrigin.indexOf("//") + 2).replaceFirst("\\.?(?::[0-9]+)?$", "");
        if (host.startsWith("[") || NetUtil.isValidIpV4Address(host)) {
            return host;
        }
        return host.substring(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
    }

    private static void removeOne(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
