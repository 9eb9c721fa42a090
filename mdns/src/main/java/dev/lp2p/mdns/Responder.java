package dev.lp2p.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Type;

/**
 * Answers questions about what the publisher has established on the link they came from.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-6">Responding</a>
 */
final class Responder {

    private final Loop loop;
    private final Sender sender;
    private final Publisher publisher;
    private final ResponseQueue queue;
    private int waitingUnicasts;

    Responder(Loop loop, Sender sender, Publisher publisher) {
        this.loop = loop;
        this.sender = sender;
        this.publisher = publisher;
        this.queue = new ResponseQueue(loop, sender, this::isStillTrue, this::additionals);
    }

    /** @param fromThisHost whether the asker is on this host, where a unicast answer may reach another program */
    void onQuery(LocalInterface link, InetSocketAddress source, DnsMessage query, boolean fromThisHost) {
        queue.removeKnown(link, source, query.answers());
        if (source.getPort() != Protocol.PORT) {
            answerLegacy(link, source, query);
            return;
        }
        Set<Resource> byMulticast = new LinkedHashSet<>();
        Set<Resource> byUnicast = new LinkedHashSet<>();
        boolean probe = false;
        for (Question question : query.questions()) {
            for (Resource answer : answers(link, question)) {
                if (isKnown(answer, query.answers())) {
                    continue;
                }
                if (query.authorities().stream().anyMatch(each -> each.name().equals(answer.name()))) {
                    probe = true;
                    byMulticast.add(answer);
                } else if (question.unicast()
                        && !query.truncated()
                        && !fromThisHost
                        && sender.wasMulticastWithin(answer.ttl().dividedBy(4), link, answer)) {
                    byUnicast.add(answer);
                } else {
                    byMulticast.add(answer);
                }
            }
        }
        if (!byMulticast.isEmpty()) {
            // A prober needs to be told in time; and by multicast, as its port may be shared with another program.
            Duration delay = probe ? Duration.ZERO : delay(byMulticast, query.truncated());
            queue.add(link, byMulticast, delay, probe, query.truncated() ? source : null);
        }
        if (!byUnicast.isEmpty()) {
            answerByUnicast(link, source, List.copyOf(byUnicast));
        }
    }

    /** Others answered what we are about to: https://www.rfc-editor.org/rfc/rfc6762#section-7.4 */
    void onResponse(LocalInterface link, List<Resource> answers) {
        queue.removeAnswered(link, answers);
    }

    void removeLink(int index) {
        queue.removeLink(index);
    }

    private void answerByUnicast(LocalInterface link, InetSocketAddress source, List<Resource> answers) {
        if (waitingUnicasts >= Protocol.MAX_WAITING_UNICASTS) {
            return;
        }
        waitingUnicasts++;
        loop.after(delay(answers, false), () -> {
            waitingUnicasts--;
            sender.unicast(link, answers, additionals(link, answers), source);
        });
    }

    /** https://www.rfc-editor.org/rfc/rfc6762#section-6.7 */
    private void answerLegacy(LocalInterface link, InetSocketAddress source, DnsMessage query) {
        List<Resource> answers = query.questions().stream()
                .flatMap(question -> answers(link, question).stream())
                .distinct()
                .map(answer -> answer.withoutFlush().withTtl(min(answer.ttl(), Protocol.LEGACY_TTL)))
                .toList();
        if (!answers.isEmpty()) {
            sender.legacyUnicast(link, query, answers, source);
        }
    }

    private List<Resource> answers(LocalInterface link, Question question) {
        List<Resource> answers = new ArrayList<>();
        for (Publication publication : publisher.publications()) {
            List<Resource> records = publication.records(link);
            records.stream().filter(question::matches).forEach(answers::add);
            if (answers.isEmpty()
                    && !records.isEmpty()
                    && question.name().equals(publication.claim().name())) {
                answers.add(nothingElse(question.name(), publication.claim().unique(link)));
            }
        }
        return answers;
    }

    /** https://www.rfc-editor.org/rfc/rfc6762#section-6.1 */
    private static Resource nothingElse(Name name, List<Resource> records) {
        int[] types = records.stream().mapToInt(Resource::type).distinct().toArray();
        long ttl = Protocol.HOST_TTL.toSeconds();
        return new Resource(new NSECRecord(name, DClass.IN, ttl, name, types), true);
    }

    /** What the asker will want next: https://www.rfc-editor.org/rfc/rfc6763#section-12 */
    private List<Resource> additionals(LocalInterface link, List<Resource> answers) {
        Set<Name> instances = answers.stream()
                .filter(answer -> answer.type() == Type.PTR)
                .map(answer -> ((PTRRecord) answer.record()).getTarget())
                .collect(Collectors.toSet());
        List<Resource> added = new ArrayList<>();
        for (Publication publication : publisher.publications()) {
            if (instances.contains(publication.claim().name())) {
                publication.records(link).stream().filter(Resource::unique).forEach(added::add);
            }
        }
        if (Stream.concat(answers.stream(), added.stream()).anyMatch(each -> each.type() == Type.SRV)) {
            added.addAll(publisher.hostRecords(link));
        }
        added.removeAll(answers);
        return added;
    }

    /** Names may be given up and texts change while an answer waits. */
    private boolean isStillTrue(LocalInterface link, Resource answer) {
        return publisher.publications().stream()
                .anyMatch(publication -> answer.type() == Type.NSEC
                        ? publication.isEstablished(link)
                                && publication.claim().name().equals(answer.name())
                        : publication.records(link).contains(answer));
    }

    private Duration delay(Iterable<Resource> answers, boolean truncated) {
        if (truncated) {
            return loop.between(Protocol.MIN_TRUNCATED_DELAY, Protocol.MAX_TRUNCATED_DELAY);
        }
        for (Resource answer : answers) {
            if (!answer.unique()) {
                return loop.between(Protocol.MIN_SHARED_DELAY, Protocol.MAX_SHARED_DELAY);
            }
        }
        return Duration.ZERO;
    }

    /** https://www.rfc-editor.org/rfc/rfc6762#section-7.1 */
    static boolean isKnown(Resource answer, List<Resource> known) {
        return known.stream()
                .anyMatch(each -> each.record().equals(answer.record())
                        && each.ttl().compareTo(answer.ttl().dividedBy(2)) >= 0);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
