package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Hosts that send legal messages, to do harm. */
class HostileHostsTest {

    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Name TYPE_NAME = Names.of(Network.TYPE);

    private final Network network = new Network();

    @Test
    void oneSourceFillsOnlyItsShareOfTheCache() {
        Network.Node node = network.host();
        Network.Found found = node.browse();
        network.advanceMillis(500);
        for (int i = 0; i < 200; i++) {
            List<Resource> records = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                byte[] address = {10, 77, (byte) i, (byte) j};
                records.add(Resource.shared(Names.host("h" + i), Type.A, Protocol.HOST_TTL, address));
            }
            network.link.inject("10.77.0.99", DnsMessage.response(records, List.of()));
            network.advanceMillis(10);
        }
        assertThat(node.dns().engine().discovery().cachedRecords()).isEqualTo(Protocol.MAX_CACHED_RECORDS_OF_SOURCE);

        network.host().register("Living Room");
        network.advance(A_WHILE);

        assertThat(found.events).containsExactly("+Living Room");
    }

    @Test
    void aServiceTypeHasAtMostSoManyInstances() {
        Network.Node node = network.host();
        node.browse();
        network.advanceMillis(500);
        for (int i = 0; i < 2 * Protocol.MAX_CACHED_RECORDS_OF_QUESTION; i++) {
            byte[] target = Names.of(InstanceName.of("n" + i), Network.TYPE).toWire();
            network.link.inject(
                    "10.77.0.99",
                    DnsMessage.response(
                            List.of(Resource.shared(TYPE_NAME, Type.PTR, Protocol.OTHER_TTL, target)), List.of()));
        }
        network.advanceMillis(100);

        assertThat(node.dns().engine().discovery().cachedRecords()).isEqualTo(Protocol.MAX_CACHED_RECORDS_OF_QUESTION);
    }

    @Test
    void responsesFromOffTheLinkOrFromAnotherPortAreDropped() {
        Network.Node node = network.host();
        Network.Found found = node.browse();
        byte[] goodbyeToAll = DnsMessage.response(
                        List.of(Resource.shared(
                                TYPE_NAME,
                                Type.PTR,
                                Duration.ofHours(1),
                                Names.of(InstanceName.of("x"), Network.TYPE).toWire())),
                        List.of())
                .toWire();

        network.link.inject("192.0.2.1", Protocol.PORT, goodbyeToAll);
        network.link.inject("10.77.0.99", 1234, goodbyeToAll);
        network.advance(A_WHILE);

        assertThat(found.events).isEmpty();
        assertThat(node.dns().engine().discovery().cachedRecords()).isZero();
        assertThat(node.dns().engine().droppedPackets()).isEqualTo(2);
    }

    @Test
    void aLocationThatLeadsNowhereIsNotFollowed() {
        Network.Found found = network.host().browse();
        Name instance = Names.of(InstanceName.of("Trap"), Network.TYPE);
        byte[] outside = {0, 0, 0, 0, 0, 80, 3, 'f', 'o', 'o', 3, 'c', 'o', 'm', 0};
        network.link.inject(
                "10.77.0.99",
                DnsMessage.response(
                        List.of(
                                Resource.shared(TYPE_NAME, Type.PTR, Protocol.OTHER_TTL, instance.toWire()),
                                Resource.unique(instance, Type.SRV, Protocol.HOST_TTL, outside),
                                Resource.unique(instance, Type.TXT, Protocol.OTHER_TTL, new byte[1])),
                        List.of()));

        network.advance(A_WHILE);

        assertThat(found.events).isEmpty();
        assertThat(network.link.seen().stream().flatMap(each -> each.message().questions().stream()))
                .extracting(Question::type)
                .containsOnly(Type.PTR);
    }
}
