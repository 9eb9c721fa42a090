package dev.lp2p;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of a web origin or an extension's. Plain http is for loopback only, since anybody on the network
 * can speak for any other http origin.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">Host parsing</a>
 */
final class WebOrigin {

    private static final Pattern SCHEME_HOST_PORT = Pattern.compile(
            "([a-z-]+)://(\\[[0-9a-f:.]+]|[^\\[\\]:/?#@\\\\]+)(?::([0-9]{1,5}))?", Pattern.CASE_INSENSITIVE);

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int MAX_PORT = 65_535;

    private static final List<String> EXTENSION_SCHEMES =
            List.of("chrome-extension", "moz-extension", "safari-web-extension");
    private static final Pattern EXTENSION_ID = Pattern.compile("[a-z0-9-]{1,64}");

    /**
     * Names that stand for another place on each network: of RFC 6761, of RFC 6762 with those that its appendix G found in
     * use, and of RFC 8375.
     */
    private static final List<String> LOCAL_DOMAINS = List.of(
            ".localhost",
            ".test",
            ".local",
            ".intranet",
            ".internal",
            ".private",
            ".corp",
            ".home",
            ".lan",
            ".home.arpa");

    private WebOrigin() {}

    /** The one way to write it, or empty if it is none. */
    static Optional<String> canonical(String text) {
        Matcher parts = SCHEME_HOST_PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String port = parts.group(3);
        if (EXTENSION_SCHEMES.contains(scheme)) {
            String id = parts.group(2).toLowerCase(Locale.ROOT);
            return port == null && EXTENSION_ID.matcher(id).matches()
                    ? Optional.of(scheme + "://" + id)
                    : Optional.empty();
        }
        Optional<String> host = Hosts.canonical(parts.group(2));
        int number = port == null ? -1 : Integer.parseInt(port);
        boolean isAllowed = scheme.equals("https")
                || (scheme.equals("http") && host.filter(WebOrigin::isLoopback).isPresent());
        if (!isAllowed || number > MAX_PORT) {
            return Optional.empty();
        }
        boolean isDefault = number == -1 || number == (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
        return host.map(name -> scheme + "://" + name + (isDefault ? "" : ":" + number));
    }

    static boolean isSameEverywhere(String canonical) {
        Matcher parts = SCHEME_HOST_PORT.matcher(canonical);
        if (!parts.matches() || !parts.group(1).equals("https")) {
            return false;
        }
        String host = parts.group(2);
        if (Hosts.isAddress(host)) {
            return Hosts.isPublicAddress(host);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.contains(".") && LOCAL_DOMAINS.stream().noneMatch(name::endsWith);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || Hosts.isLoopbackAddress(host);
    }
}
