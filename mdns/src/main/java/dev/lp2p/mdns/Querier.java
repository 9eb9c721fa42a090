package dev.lp2p.mdns;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Asks questions for as long as somebody wants to know, ever more rarely; the same question once for all who ask it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-5.2">Continuous querying</a>
 */
final class Querier {

    private final Loop loop;
    private final Sender sender;
    private final Cache cache;
    private final BooleanSupplier unicastWelcome;
    private final Map<Cache.Key, Series> series = new HashMap<>();

    /** What is asked at the end of this turn of the loop, in one packet for each link. */
    private final Map<Integer, Map<Cache.Key, Question>> batches = new HashMap<>();

    Querier(Loop loop, Sender sender, Cache cache, BooleanSupplier unicastWelcome) {
        this.loop = loop;
        this.sender = sender;
        this.cache = cache;
        this.unicastWelcome = unicastWelcome;
    }

    /**
     * Asks now, or after {@code delay}, and again and again until stopped as often as started.
     *
     * @return what stops it
     */
    Runnable ask(LocalInterface link, Name name, int type, Duration delay) {
        Cache.Key key = new Cache.Key(link.index(), name, type);
        Series asked = series.computeIfAbsent(key, absent -> new Series(link, key, delay));
        asked.users++;
        return () -> release(key, asked);
    }

    /** Asks once. */
    void refresh(LocalInterface link, Cache.Key key) {
        enqueue(link, key, false);
    }

    /**
     * Another host asks: if that brings all the answers that ours would bring, ours is asked.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-7.3">Duplicate question suppression</a>
     */
    void onQuery(LocalInterface link, DnsMessage query) {
        if (query.truncated() || !query.authorities().isEmpty()) {
            return;
        }
        for (Question question : query.questions()) {
            Cache.Key key = new Cache.Key(link.index(), question.name(), question.type());
            Series asked = series.get(key);
            if (asked != null && !question.unicast()) {
                List<Resource> known = cache.knownAnswers(key);
                boolean tellsUsAll = query.answers().stream()
                        .filter(question::matches)
                        .allMatch(each ->
                                known.stream().anyMatch(ours -> ours.record().equals(each.record())));
                if (tellsUsAll) {
                    asked.countAsAsked();
                }
            }
        }
    }

    void removeLink(int index) {
        batches.remove(index);
        series.values().removeIf(asked -> {
            boolean gone = asked.link.index() == index;
            if (gone) {
                asked.stop();
            }
            return gone;
        });
    }

    private void release(Cache.Key key, Series asked) {
        if (--asked.users == 0) {
            asked.stop();
            series.remove(key, asked);
        }
    }

    private void enqueue(LocalInterface link, Cache.Key key, boolean unicast) {
        Map<Cache.Key, Question> batch = batches.get(link.index());
        if (batch == null) {
            batch = new LinkedHashMap<>();
            batches.put(link.index(), batch);
            loop.post(() -> flush(link));
        }
        batch.putIfAbsent(key, new Question(key.name(), key.type(), unicast));
    }

    private void flush(LocalInterface link) {
        Map<Cache.Key, Question> batch = batches.remove(link.index());
        if (batch != null) {
            List<Resource> known = batch.keySet().stream()
                    .flatMap(key -> cache.knownAnswers(key).stream())
                    .toList();
            sender.query(link, List.copyOf(batch.values()), known);
        }
    }

    private final class Series {

        private final LocalInterface link;
        private final Cache.Key key;
        private @Nullable Future<?> timer;
        private Duration interval = Duration.ZERO;
        private boolean leftToOthers;
        private int users;

        Series(LocalInterface link, Cache.Key key, Duration delay) {
            this.link = link;
            this.key = key;
            if (delay.isZero()) {
                ask();
            } else {
                timer = loop.after(delay, this::ask);
            }
        }

        void stop() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }

        /** Only every second time is left to others, so that nobody can keep us from asking. */
        void countAsAsked() {
            if (!leftToOthers && !interval.isZero()) {
                leftToOthers = true;
                stop();
                scheduleNext();
            }
        }

        private void ask() {
            // https://www.rfc-editor.org/rfc/rfc6762#section-5.4
            boolean first = interval.isZero();
            leftToOthers = false;
            enqueue(link, key, first && unicastWelcome.getAsBoolean());
            scheduleNext();
        }

        private void scheduleNext() {
            interval = interval.isZero() ? Protocol.FIRST_QUERY_INTERVAL : interval.multipliedBy(2);
            if (interval.compareTo(Protocol.MAX_QUERY_INTERVAL) > 0) {
                interval = Protocol.MAX_QUERY_INTERVAL;
            }
            timer = loop.after(interval, this::ask);
        }
    }
}
