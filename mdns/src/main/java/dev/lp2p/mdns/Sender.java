package dev.lp2p.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.xbill.DNS.Record;

/** Puts questions and records into as few packets as hold them, and remembers when a record was last multicast. */
final class Sender {

    /** Bytes of a message without anything in it. */
    private static final int HEADER_BYTES = 12;

    /** Type and class of a question. */
    private static final int QUESTION_FIXED_BYTES = 4;

    /** Questions leave at least as much room to known answers. */
    private static final int MAX_QUESTION_BYTES = Protocol.MAX_SENT_BYTES / 2;

    /** Text records that change make new entries here; beyond this, old ones are forgotten. */
    private static final int MAX_REMEMBERED = 1024;

    private final Loop loop;
    private final Transport transport;
    private final Map<Sent, Instant> multicasts = new HashMap<>();

    Sender(Loop loop, Transport transport) {
        this.loop = loop;
        this.transport = transport;
    }

    /** Asks the link; known answers that do not fit follow in packets of their own. */
    void query(LocalInterface link, List<Question> questions, List<Resource> knownAnswers) {
        for (List<Question> asked : chunks(questions, Sender::size, MAX_QUESTION_BYTES)) {
            List<Resource> known = knownAnswers.stream()
                    .filter(answer -> asked.stream().anyMatch(question -> question.matches(answer)))
                    .toList();
            int room = Protocol.MAX_SENT_BYTES
                    - HEADER_BYTES
                    - asked.stream().mapToInt(Sender::size).sum();
            List<List<Resource>> parts = chunks(known, Resource::size, room);
            for (int i = 0; i < parts.size(); i++) {
                // https://www.rfc-editor.org/rfc/rfc6762#section-7.2
                boolean more = i < parts.size() - 1;
                List<Question> first = i == 0 ? asked : List.of();
                transport.multicast(
                        link, new DnsMessage(0, false, more, first, parts.get(i), List.of(), List.of()).toWire());
            }
        }
    }

    void probe(LocalInterface link, Question question, List<Resource> proposed) {
        transport.multicast(
                link, DnsMessage.query(List.of(question), List.of(), proposed).toWire());
    }

    void multicast(LocalInterface link, List<Resource> answers, List<Resource> additionals) {
        for (DnsMessage message : responses(answers, additionals)) {
            transport.multicast(link, message.toWire());
            message.answers().forEach(resource -> remember(link, resource));
            message.additionals().forEach(resource -> remember(link, resource));
        }
    }

    void unicast(LocalInterface link, List<Resource> answers, List<Resource> additionals, InetSocketAddress to) {
        responses(answers, additionals).forEach(message -> transport.unicast(link, message.toWire(), to));
    }

    /** Answers a host that only knows unicast DNS: it wants to see its question, and only one packet. */
    void legacyUnicast(LocalInterface link, DnsMessage query, List<Resource> answers, InetSocketAddress to) {
        DnsMessage response = new DnsMessage(query.id(), true, false, query.questions(), answers, List.of(), List.of());
        transport.unicast(link, response.toWire(), to);
    }

    /** Whether the record was multicast on the link, and still had a time to live, within the last {@code time}. */
    boolean wasMulticastWithin(Duration time, LocalInterface link, Resource resource) {
        return lastMulticast(link, resource).isAfter(loop.now().minus(time));
    }

    /** When the record was last multicast on the link; long ago if never. */
    Instant lastMulticast(LocalInterface link, Resource resource) {
        return multicasts.getOrDefault(new Sent(link.index(), resource.record()), Instant.EPOCH);
    }

    private void remember(LocalInterface link, Resource resource) {
        Sent sent = new Sent(link.index(), resource.record());
        if (resource.isGoodbye()) {
            multicasts.remove(sent);
            return;
        }
        if (multicasts.size() >= MAX_REMEMBERED) {
            multicasts.values().removeIf(time -> time.isBefore(loop.now().minus(Protocol.SAME_RECORD_INTERVAL)));
        }
        multicasts.put(sent, loop.now());
    }

    private static List<DnsMessage> responses(List<Resource> answers, List<Resource> additionals) {
        int room = Protocol.MAX_SENT_BYTES - HEADER_BYTES;
        List<DnsMessage> messages = new ArrayList<>();
        List<List<Resource>> parts = chunks(answers, Resource::size, room);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            int used = parts.get(i).stream().mapToInt(Resource::size).sum();
            // What does not fit as an additional record is asked for by who needs it.
            List<Resource> added =
                    last ? chunks(additionals, Resource::size, room - used).get(0) : List.of();
            boolean fits = added.stream().mapToInt(Resource::size).sum() <= room - used;
            messages.add(DnsMessage.response(parts.get(i), fits ? added : List.of()));
        }
        return messages;
    }

    private static int size(Question question) {
        return question.name().length() + QUESTION_FIXED_BYTES;
    }

    /** Parts of at most {@code room} bytes, or of one element if that alone is larger; at least one part. */
    private static <T> List<List<T>> chunks(List<T> all, ToIntFunction<T> size, int room) {
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        int used = 0;
        for (T each : all) {
            int bytes = size.applyAsInt(each);
            if (used + bytes > room && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                used = 0;
            }
            part.add(each);
            used += bytes;
        }
        parts.add(part);
        return parts;
    }

    /** Records are equal whatever their time to live. */
    private record Sent(int interfaceIndex, Record record) {}
}
