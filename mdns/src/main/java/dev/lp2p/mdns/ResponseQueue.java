package dev.lp2p.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/** Answers that wait to be multicast: for their random delay, and until a second after the same record went out. */
final class ResponseQueue {

    private final Loop loop;
    private final Sender sender;
    private final BiPredicate<LocalInterface, Resource> stillTrue;
    private final BiFunction<LocalInterface, List<Resource>, List<Resource>> additionals;
    private final Map<Integer, Map<Record, Waiting>> links = new HashMap<>();

    ResponseQueue(
            Loop loop,
            Sender sender,
            BiPredicate<LocalInterface, Resource> stillTrue,
            BiFunction<LocalInterface, List<Resource>, List<Resource>> additionals) {
        this.loop = loop;
        this.sender = sender;
        this.stillTrue = stillTrue;
        this.additionals = additionals;
    }

    /**
     * Lets the answers go out after {@code delay}, or as soon after that as their rate allows.
     *
     * @param defence whether they answer a probe, which allows a higher rate
     * @param moreKnown the asker, if it is still to say more of what it knows
     */
    void add(
            LocalInterface link,
            Collection<Resource> answers,
            Duration delay,
            boolean defence,
            @Nullable InetSocketAddress moreKnown) {
        Map<Record, Waiting> queue = links.computeIfAbsent(link.index(), index -> new LinkedHashMap<>());
        Instant now = loop.now();
        // https://www.rfc-editor.org/rfc/rfc6762#section-6
        Duration interval = defence ? Protocol.SAME_RECORD_INTERVAL_FOR_PROBE : Protocol.SAME_RECORD_INTERVAL;
        for (Resource answer : answers) {
            Instant allowed = sender.lastMulticast(link, answer).plus(interval);
            Instant due = now.plus(delay).isBefore(allowed) ? allowed : now.plus(delay);
            Waiting earlier = queue.get(answer.record());
            if (earlier != null && !earlier.due.isAfter(due)) {
                earlier.moreKnown = Objects.equals(earlier.moreKnown, moreKnown) ? moreKnown : null;
                continue;
            }
            if (earlier != null) {
                earlier.timer.cancel(false);
            }
            Future<?> timer = loop.after(Duration.between(now, due), () -> sendDue(link));
            queue.put(answer.record(), new Waiting(answer, due, timer, moreKnown));
        }
    }

    void removeKnown(LocalInterface link, InetSocketAddress asker, List<Resource> known) {
        remove(link, waiting -> asker.equals(waiting.moreKnown) && Responder.isKnown(waiting.answer, known));
    }

    void removeAnswered(LocalInterface link, List<Resource> answers) {
        remove(
                link,
                waiting -> !waiting.answer.unique()
                        && answers.stream()
                                .anyMatch(each -> each.record().equals(waiting.answer.record())
                                        && each.ttl().compareTo(waiting.answer.ttl()) >= 0));
    }

    void removeLink(int index) {
        Map<Record, Waiting> queue = links.remove(index);
        if (queue != null) {
            queue.values().forEach(waiting -> waiting.timer.cancel(false));
        }
    }

    private void sendDue(LocalInterface link) {
        Map<Record, Waiting> queue = links.getOrDefault(link.index(), Map.of());
        List<Resource> answers = new ArrayList<>();
        queue.values().removeIf(waiting -> {
            boolean due = !waiting.due.isAfter(loop.now());
            if (due) {
                answers.add(waiting.answer);
            }
            return due;
        });
        answers.removeIf(answer -> !stillTrue.test(link, answer));
        if (!answers.isEmpty()) {
            List<Resource> added = additionals.apply(link, answers).stream()
                    .filter(each -> !sender.wasMulticastWithin(Protocol.SAME_RECORD_INTERVAL, link, each))
                    .toList();
            sender.multicast(link, answers, added);
        }
    }

    private void remove(LocalInterface link, Predicate<Waiting> which) {
        links.getOrDefault(link.index(), Map.of()).values().removeIf(waiting -> {
            boolean removed = which.test(waiting);
            if (removed) {
                waiting.timer.cancel(false);
            }
            return removed;
        });
    }

    private static final class Waiting {

        private final Resource answer;
        private final Instant due;
        private final Future<?> timer;
        private @Nullable InetSocketAddress moreKnown;

        Waiting(Resource answer, Instant due, Future<?> timer, @Nullable InetSocketAddress moreKnown) {
            this.answer = answer;
            this.due = due;
            this.timer = timer;
            this.moreKnown = moreKnown;
        }
    }
}
