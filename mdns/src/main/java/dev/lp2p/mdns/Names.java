package dev.lp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Name;

/** Domain names under {@code local}, made of bytes and never through text, in which dots and zeros would be lost. */
final class Names {

    /** https://www.rfc-editor.org/rfc/rfc6763#section-9 */
    static final Name SERVICE_TYPES = name(label("_services"), label("_dns-sd"), label("_udp"), label("local"));

    static final Name LOCAL = name(label("local"));

    private Names() {}

    static Name of(ServiceType type) {
        int dot = type.value().indexOf('.');
        return name(label(type.value().substring(0, dot)), label(type.value().substring(dot + 1)), label("local"));
    }

    static Name of(InstanceName instance, ServiceType type) {
        int dot = type.value().indexOf('.');
        return name(
                instance.bytes(),
                label(type.value().substring(0, dot)),
                label(type.value().substring(dot + 1)),
                label("local"));
    }

    static Name host(String label) {
        return name(label(label), label("local"));
    }

    /** The instance that {@code name} names, if it is one label in front of the type. */
    static Optional<InstanceName> instance(Name name, Name type) {
        if (name.labels() != type.labels() + 1 || !name.subdomain(type)) {
            return Optional.empty();
        }
        byte[] label = name.getLabel(0);
        return Optional.of(InstanceName.of(Arrays.copyOfRange(label, 1, label.length)));
    }

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Name name(byte[]... labels) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (byte[] label : labels) {
            wire.write(label.length);
            wire.writeBytes(label);
        }
        wire.write(0);
        try {
            return new Name(wire.toByteArray());
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a domain name", e);
        }
    }
}
