package dev.lp2p.mdns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What a query asks.
 *
 * @param unicast whether the asker would like its answer by unicast
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-5.4">Questions requesting unicast responses</a>
 */
record Question(Name name, int type, boolean unicast) {

    boolean matches(Resource resource) {
        return (type == Type.ANY || type == resource.type()) && name.equals(resource.name());
    }

    Record toWire() {
        return Record.newRecord(name, type, unicast ? DClass.IN | Protocol.TOP_BIT_OF_CLASS : DClass.IN);
    }

    static Question fromWire(Record wire) {
        return new Question(wire.getName(), wire.getType(), (wire.getDClass() & Protocol.TOP_BIT_OF_CLASS) != 0);
    }
}
