package dev.lp2p.gateway;

import dev.lp2p.Origin;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may talk to the gateway, by what the browser says of them: the sentences are for the developer who reads them. */
final class Callers {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final int port;

    Callers(int port) {
        this.port = port;
    }

    /**
     * A name in DNS that leads here (rebinding) is not one of ours.
     *
     * @return why not, or null
     */
    @Nullable String refuseHost(HttpHeaders headers) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        boolean isOurs = hosts.size() == 1
                && LOOPBACK.stream().anyMatch(name -> hosts.get(0).equals(name + ":" + port));
        return isOurs ? null : "Host must be 127.0.0.1:" + port + ", localhost:" + port + " or [::1]:" + port;
    }

    /** @return why not, or null */
    @Nullable String refuseOrigin(HttpHeaders headers) {
        List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        if (origins.size() != 1) {
            return "Only pages may connect: there must be one Origin";
        }
        String text = origins.get(0);
        if (text.equals("null")) {
            return "A page with an opaque origin, such as in a sandbox, cannot be told from others";
        }
        Optional<Origin> origin = Origin.parse(text);
        boolean isWeb = text.startsWith("https://") || text.startsWith("http://");
        if (!isWeb || origin.isEmpty() || !origin.get().value().equals(text)) {
            return "Origin must be of https, or of http on this device";
        }
        if (text.startsWith("http://") && !LOOPBACK.contains(hostOf(text))) {
            return "Of http only 127.0.0.1, localhost and [::1] are this device";
        }
        return null;
    }

    /** The origin of the pages that the gateway serves. */
    String ownOrigin() {
        return "http://127.0.0.1:" + port;
    }

    /** Whether a page is of the gateway's, by whatever name of this device. */
    boolean isOwn(String webOrigin) {
        return LOOPBACK.stream().anyMatch(name -> webOrigin.equals("http://" + name + ":" + port));
    }

    private static String hostOf(String origin) {
        return String.valueOf(URI.create(origin).getHost());
    }
}
