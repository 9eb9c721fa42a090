package dev.lp2p.gateway;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Tokens that came with served pages, or with the welcome of one: 128 bits, each good once, for one app, and in the hand of
 * the web origin that it was given to. Guessing one is as hard as guessing a key. Methods may be called from any thread.
 */
final class PageTokens {

    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Given> ofPages = new LinkedHashMap<>();

    /** Apart, since any site can have many pages served, and an open page keeps its token for long. */
    private final Map<String, Given> ofWelcomes = new LinkedHashMap<>();

    /** One for a page; the oldest that nobody used goes when there are too many. */
    String issue(String webOrigin, String app) {
        return issue(ofPages, webOrigin, app);
    }

    /** One for the next socket of a page that has spent its own; likewise. */
    String renew(String webOrigin, String app) {
        return issue(ofWelcomes, webOrigin, app);
    }

    /** The app of the token, which stays good, unless it is in the hand of another origin: then it is spent. */
    Optional<String> find(String token, String webOrigin) {
        lock.lock();
        try {
            Optional<Given> found = Stream.of(ofPages, ofWelcomes)
                    .flatMap(given -> Stream.ofNullable(given.get(token)))
                    .findFirst();
            Optional<Given> own = found.filter(it -> it.webOrigin().equals(webOrigin));
            if (own.isEmpty()) {
                remove(token);
            }
            return own.map(Given::app);
        } finally {
            lock.unlock();
        }
    }

    /** The app of the token, which is spent now, whoever brought it. */
    Optional<String> spend(String token, String webOrigin) {
        lock.lock();
        try {
            Optional<String> app = find(token, webOrigin);
            remove(token);
            return app;
        } finally {
            lock.unlock();
        }
    }

    private void remove(String token) {
        ofPages.remove(token);
        ofWelcomes.remove(token);
    }

    private String issue(Map<String, Given> given, String webOrigin, String app) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        lock.lock();
        try {
            if (given.size() >= Limits.TOKENS) {
                given.remove(given.keySet().iterator().next());
            }
            given.put(token, new Given(webOrigin, app));
        } finally {
            lock.unlock();
        }
        return token;
    }

    private record Given(String webOrigin, String app) {}
}
