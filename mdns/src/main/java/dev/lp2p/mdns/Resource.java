package dev.lp2p.mdns;

import java.time.Duration;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A resource record of class IN and what mDNS adds to it.
 *
 * @param unique whether its owner claims the name and type for itself alone, which is the cache-flush bit
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-10.2">Cache-flush bit</a>
 */
record Resource(Record record, boolean unique) {

    /** Bytes between the name and the data: type, class, time to live, length. */
    private static final int FIXED_BYTES = 10;

    static Resource unique(Name name, int type, Duration ttl, byte[] data) {
        return new Resource(Record.newRecord(name, type, DClass.IN, ttl.toSeconds(), data), true);
    }

    static Resource shared(Name name, int type, Duration ttl, byte[] data) {
        return new Resource(Record.newRecord(name, type, DClass.IN, ttl.toSeconds(), data), false);
    }

    Name name() {
        return record.getName();
    }

    int type() {
        return record.getType();
    }

    Duration ttl() {
        return Duration.ofSeconds(record.getTTL());
    }

    boolean isGoodbye() {
        return record.getTTL() == 0;
    }

    /** The data with names in full and their case kept, as the tie-break compares it. */
    byte[] data() {
        byte[] wire = record.toWire(Section.ANSWER);
        return Arrays.copyOfRange(wire, name().length() + FIXED_BYTES, wire.length);
    }

    Resource withTtl(Duration ttl) {
        return new Resource(Record.newRecord(name(), type(), DClass.IN, ttl.toSeconds(), data()), unique);
    }

    Resource withoutFlush() {
        return new Resource(record, false);
    }

    /** At most so many bytes on the wire. */
    int size() {
        return record.toWire(Section.ANSWER).length;
    }

    Record toWire() {
        int dclass = unique ? DClass.IN | Protocol.TOP_BIT_OF_CLASS : DClass.IN;
        return Record.newRecord(name(), type(), dclass, record.getTTL(), data());
    }

    static Resource fromWire(Record wire) {
        boolean flush = (wire.getDClass() & Protocol.TOP_BIT_OF_CLASS) != 0;
        byte[] data = new Resource(wire, flush).data();
        return new Resource(Record.newRecord(wire.getName(), wire.getType(), DClass.IN, wire.getTTL(), data), flush);
    }
}
