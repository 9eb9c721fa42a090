package dev.lp2p.mdns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An mDNS message.
 *
 * @param id zero, except in a query of a host that knows unicast DNS only, and in the answer to it
 * @param truncated of a query: more known answers follow
 */
record DnsMessage(
        int id,
        boolean response,
        boolean truncated,
        List<Question> questions,
        List<Resource> answers,
        List<Resource> authorities,
        List<Resource> additionals) {

    static DnsMessage query(List<Question> questions, List<Resource> knownAnswers, List<Resource> proposed) {
        return new DnsMessage(0, false, false, questions, knownAnswers, proposed, List.of());
    }

    static DnsMessage response(List<Resource> answers, List<Resource> additionals) {
        return new DnsMessage(0, true, false, List.of(), answers, List.of(), additionals);
    }

    /** Reads a packet; empty if it is not a message that a host of mDNS has to look at, whatever else it is. */
    static Optional<DnsMessage> parse(byte[] packet) {
        if (packet.length > Protocol.MAX_PACKET_BYTES || promisesTooMuch(packet)) {
            return Optional.empty();
        }
        try {
            Message message = new Message(packet);
            Header header = message.getHeader();
            // https://www.rfc-editor.org/rfc/rfc6762#section-18.3
            if (header.getOpcode() != Opcode.QUERY || header.getRcode() != Rcode.NOERROR) {
                return Optional.empty();
            }
            return Optional.of(new DnsMessage(
                    header.getID(),
                    header.getFlag(Flags.QR),
                    header.getFlag(Flags.TC),
                    questions(message),
                    resources(message, Section.ANSWER),
                    resources(message, Section.AUTHORITY),
                    resources(message, Section.ADDITIONAL)));
        } catch (IOException | RuntimeException e) {
            // Anybody can send anything, and the parser says so with any exception.
            return Optional.empty();
        }
    }

    byte[] toWire() {
        Message message = new Message(id);
        Header header = message.getHeader();
        if (response) {
            header.setFlag(Flags.QR);
            header.setFlag(Flags.AA);
        }
        if (truncated) {
            header.setFlag(Flags.TC);
        }
        questions.forEach(question -> message.addRecord(question.toWire(), Section.QUESTION));
        answers.forEach(resource -> message.addRecord(resource.toWire(), Section.ANSWER));
        authorities.forEach(resource -> message.addRecord(resource.toWire(), Section.AUTHORITY));
        additionals.forEach(resource -> message.addRecord(resource.toWire(), Section.ADDITIONAL));
        return message.toWire();
    }

    /** The parser makes room for as many records as the header says, before it reads one. */
    private static boolean promisesTooMuch(byte[] packet) {
        if (packet.length < Header.LENGTH) {
            return true;
        }
        int promised = 0;
        for (int i = Header.LENGTH - Protocol.COUNTS_BYTES; i < Header.LENGTH; i += Short.BYTES) {
            promised += ((packet[i] & 0xff) << Byte.SIZE) | (packet[i + 1] & 0xff);
        }
        return promised > (packet.length - Header.LENGTH) / Protocol.MIN_RECORD_BYTES;
    }

    private static List<Question> questions(Message message) {
        return message.getSection(Section.QUESTION).stream()
                .filter(DnsMessage::isInternet)
                .limit(Protocol.MAX_QUESTIONS)
                .map(Question::fromWire)
                .toList();
    }

    private static List<Resource> resources(Message message, int section) {
        List<Resource> resources = new ArrayList<>();
        for (Record wire : message.getSection(section)) {
            // The class of OPT is no class, and NSEC and the like say nothing that is kept here.
            if (wire.getType() != Type.OPT && isInternet(wire)) {
                resources.add(Resource.fromWire(wire));
            }
        }
        return List.copyOf(resources);
    }

    private static boolean isInternet(Record wire) {
        int dclass = wire.getDClass() & ~Protocol.TOP_BIT_OF_CLASS;
        return dclass == DClass.IN || dclass == DClass.ANY;
    }
}
