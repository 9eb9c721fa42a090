package dev.lp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The name of a service instance, with where it is and its attributes. */
final class ServiceClaim implements Claim {

    private final ServiceType type;
    private final int port;
    private final Supplier<Name> host;
    private InstanceName instance;
    private TextRecord text;

    ServiceClaim(ServiceDescription service, Supplier<Name> host) {
        this.type = service.type();
        this.port = service.port();
        this.host = host;
        this.instance = service.name();
        this.text = service.text();
    }

    InstanceName instance() {
        return instance;
    }

    void updateText(TextRecord newText) {
        text = newText;
    }

    @Override
    public Name name() {
        return Names.of(instance, type);
    }

    @Override
    public List<Resource> unique(LocalInterface link) {
        return List.of(
                Resource.unique(name(), Type.SRV, Protocol.HOST_TTL, locationData()),
                Resource.unique(name(), Type.TXT, Protocol.OTHER_TTL, text.encode()));
    }

    @Override
    public List<Resource> shared() {
        Name typeName = Names.of(type);
        return List.of(
                Resource.shared(typeName, Type.PTR, Protocol.OTHER_TTL, name().toWire()),
                Resource.shared(Names.SERVICE_TYPES, Type.PTR, Protocol.OTHER_TTL, typeName.toWire()));
    }

    @Override
    public boolean isContradictedBy(Resource theirs, boolean fromThisHost) {
        if (!theirs.name().equals(name())) {
            return false;
        }
        // Our own text of a moment ago may come back through another interface. Another owner of the name on this host
        // shows itself by its SRV record, which names another host name.
        return switch (theirs.type()) {
            case Type.SRV -> !theirs.record().equals(location());
            case Type.TXT -> !fromThisHost && !TextRecord.decode(theirs.data()).equals(text);
            default -> false;
        };
    }

    @Override
    public void rename() {
        instance = instance.next();
    }

    private Record location() {
        return Resource.unique(name(), Type.SRV, Protocol.HOST_TTL, locationData())
                .record();
    }

    /** Priority, weight, port and host: https://www.rfc-editor.org/rfc/rfc2782 */
    private byte[] locationData() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {0, 0, 0, 0, (byte) (port >> Byte.SIZE), (byte) port});
        data.writeBytes(host.get().toWire());
        return data.toByteArray();
    }
}
