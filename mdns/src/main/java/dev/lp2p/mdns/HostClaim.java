package dev.lp2p.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The name of this host and its addresses. It is random, so that it says nothing about the host and several responders on
 * one host never share it.
 */
final class HostClaim implements Claim {

    private final Loop loop;
    private final Supplier<LocalInterfaces> interfaces;
    private Name name;

    HostClaim(Loop loop, Supplier<LocalInterfaces> interfaces) {
        this.loop = loop;
        this.interfaces = interfaces;
        this.name = randomName(loop);
    }

    @Override
    public Name name() {
        return name;
    }

    @Override
    public List<Resource> unique(LocalInterface link) {
        List<Resource> records = new ArrayList<>();
        for (InetAddress address : link.addresses()) {
            int type = address instanceof Inet4Address ? Type.A : Type.AAAA;
            records.add(Resource.unique(name, type, Protocol.HOST_TTL, address.getAddress()));
        }
        return records;
    }

    @Override
    public List<Resource> shared() {
        return List.of();
    }

    @Override
    public boolean isContradictedBy(Resource theirs, boolean fromThisHost) {
        // On a network that two interfaces reach, our own addresses come back to us.
        return (theirs.type() == Type.A || theirs.type() == Type.AAAA)
                && theirs.name().equals(name)
                && interfaces.get().interfaces().stream()
                        .flatMap(link -> unique(link).stream())
                        .noneMatch(ours -> ours.record().equals(theirs.record()));
    }

    @Override
    public void rename() {
        name = randomName(loop);
    }

    private static Name randomName(Loop loop) {
        return Names.host(String.format("%016x", loop.randomBits()));
    }
}
