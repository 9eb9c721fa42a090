package dev.lp2p.gateway;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens that came with served pages, or with the welcome of one: 128 bits, each good once, for one app, and in the hand of the web origin that it was
 * given to. Guessing one is as hard as guessing a key. Methods may be called from any thread.
 */
final class PageTokens {

    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Given> given = new LinkedHashMap<>();

    /** A new one; the oldest that nobody used goes when there are too many. */
    String issue(String webOrigin, String app) {
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

    /** The app of the token, which is spent now, whoever brought it. */
    Optional<String> spend(String token, String webOrigin) {
        lock.lock();
        try {
            return Optional.ofNullable(given.remove(token))
                    .filter(it -> it.webOrigin().equals(webOrigin))
                    .map(Given::app);
        } finally {
            lock.unlock();
        }
    }

    private record Given(String webOrigin, String app) {}
}
