package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** https://www.rfc-editor.org/rfc/rfc6762#section-8 to 10 */
class PublishingTest {

    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final Network network = new Network();

    @Test
    void nothingIsSentBeforeSomethingIsRegisteredOrBrowsedFor() {
        network.host();

        network.advance(A_WHILE);

        assertThat(network.link.seen()).isEmpty();
    }

    @Test
    void aNameIsProbedThreeTimesAQuarterOfASecondApartAndThenAnnounced() {
        Network.Registered registered = network.host().register("Living Room");

        network.advance(A_WHILE);

        List<SimulatedLink.Seen> probes = probesFor("Living Room");
        assertThat(probes).hasSize(3);
        assertThat(SimulatedLink.between(probes.get(0), probes.get(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(SimulatedLink.between(probes.get(1), probes.get(2))).isEqualTo(Duration.ofMillis(250));
        assertThat(probes.get(0).message().authorities())
                .extracting(Resource::type)
                .containsExactlyInAnyOrder(Type.SRV, Type.TXT);
        SimulatedLink.Seen announcement = announcementsOf("Living Room").get(0);
        assertThat(SimulatedLink.between(probes.get(2), announcement)).isEqualTo(Duration.ofMillis(250));
        assertThat(registered.events).containsExactly("Living Room");
    }

    @Test
    void aNewServiceIsRegisteredAtMostASecondAfterItWasAskedFor() {
        Network.Registered registered = network.host().register("Living Room");

        network.advance(Duration.ofSeconds(1));

        assertThat(registered.events).containsExactly("Living Room");
    }

    @Test
    void announcementsComeTwiceAndFlushOnlyTheRecordsThatAreUnique() {
        network.host().register("Living Room");

        network.advance(A_WHILE);

        List<SimulatedLink.Seen> announcements = announcementsOf("Living Room");
        assertThat(announcements).hasSize(2);
        assertThat(SimulatedLink.between(announcements.get(0), announcements.get(1)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(announcements.get(0).message().answers())
                .allSatisfy(answer -> assertThat(answer.unique()).isEqualTo(answer.type() != Type.PTR));
    }

    @Test
    void aNameThatIsInUseIsGivenANumber() {
        network.host().register("Living Room");
        network.advance(A_WHILE);

        Network.Node second = network.host();
        Network.Registered registered = second.register("Living Room");
        network.advance(A_WHILE);
        Network.Registered third = network.host().register("living room");
        network.advance(A_WHILE);

        assertThat(registered.events).containsExactly("Living Room (2)");
        assertThat(third.events).containsExactly("living room (3)");
    }

    @Test
    void aDefenderAnswersAProbeAtOnce() {
        Network.Node owner = network.host();
        owner.register("Living Room");
        network.advance(A_WHILE);
        int before = probesFor("Living Room").size();

        network.host().register("Living Room");
        network.loop.advanceUntil(() -> probesFor("Living Room").size() > before, A_WHILE);
        SimulatedLink.Seen probe = probesFor("Living Room").get(before);
        network.advanceMillis(2);

        List<SimulatedLink.Seen> fromOwner = network.link.seenFrom(owner.host().address());
        SimulatedLink.Seen last = fromOwner.get(fromOwner.size() - 1);
        assertThat(last.message().answers()).extracting(Resource::type).contains(Type.SRV, Type.TXT);
        assertThat(SimulatedLink.between(probe, last)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void ofHostsThatProbeAtTheSameTimeEachGetsANameOfItsOwn() {
        List<Network.Registered> all = List.of(
                network.host().register("Living Room"),
                network.host().register("Living Room"),
                network.host().register("Living Room"));

        network.advance(Duration.ofSeconds(20));

        assertThat(all).allSatisfy(each -> assertThat(each.events).hasSize(1));
        assertThat(all)
                .extracting(each -> each.events.get(0))
                .containsExactlyInAnyOrder("Living Room", "Living Room (2)", "Living Room (3)");
    }

    @Test
    void whoProposesTheEarlierRecordsWaitsASecondAndProbesAgain() {
        network.host().register("Living Room");
        network.loop.advanceUntil(() -> !probesFor("Living Room").isEmpty(), A_WHILE);

        network.link.inject("10.77.0.99", probe("a".repeat(100)));
        network.advance(A_WHILE);

        List<SimulatedLink.Seen> probes = probesFor("Living Room");
        assertThat(probes).hasSize(4);
        assertThat(SimulatedLink.between(probes.get(0), probes.get(1))).isEqualTo(Duration.ofMillis(1001));
    }

    @Test
    void whoProposesTheLaterRecordsGoesOn() {
        Network.Registered registered = network.host().register("Living Room");
        network.loop.advanceUntil(() -> !probesFor("Living Room").isEmpty(), A_WHILE);

        network.link.inject("10.77.0.99", probe("a"));
        network.advance(A_WHILE);

        assertThat(probesFor("Living Room")).hasSize(3);
        assertThat(registered.events).containsExactly("Living Room");
    }

    @Test
    void whenTwoNetworksBecomeOneTheServicesEndWithDifferentNamesAndTheRenamedOneIsTold() {
        SimulatedLink elsewhere = new SimulatedLink(network.loop, 1, 2);
        SimulatedLink.Host moving = new SimulatedLink.Host().attach(elsewhere, "10.77.0.9");
        Network.Node moved = network.start(moving);
        Network.Registered one = network.host().register("Living Room");
        Network.Registered two = moved.register("Living Room");
        network.advance(A_WHILE);

        moving.detach(elsewhere);
        moving.attach(network.link, "10.77.0.9");
        network.advance(Duration.ofSeconds(10));

        assertThat(one.events).containsExactly("Living Room");
        assertThat(two.events).containsExactly("Living Room", "Living Room -> Living Room (2)");
    }

    @Test
    void aConflictingResponseAfterRegistrationIsAnsweredWithNewProbesAndTheNameIsKeptIfNobodyDefendsIt() {
        Network.Registered registered = network.host().register("Living Room");
        network.advance(A_WHILE);
        int before = probesFor("Living Room").size();

        network.link.inject("10.77.0.99", DnsMessage.response(List.of(foreignLocation("Living Room")), List.of()));
        network.advance(A_WHILE);

        assertThat(probesFor("Living Room")).hasSize(before + 3);
        assertThat(registered.events).containsExactly("Living Room");
    }

    @Test
    void aHostThatClaimsEveryNameSlowsTheProbesDown() {
        network.host().register("Living Room");
        network.loop.scheduleAtFixedRate(
                () -> {
                    InstanceName name = InstanceName.of("Living Room");
                    for (int i = 0; i < 60; i++) {
                        network.link.inject(
                                "10.77.0.99",
                                DnsMessage.response(List.of(foreignLocation(name.toString())), List.of()));
                        name = name.next();
                    }
                },
                0,
                100,
                TimeUnit.MILLISECONDS);

        network.advance(Duration.ofSeconds(60));

        assertThat(network.link.seen()).hasSizeLessThan(60);
    }

    @Test
    void closingARegistrationSaysGoodbyeToTheServiceAndToTheHostThatHasNoOther() {
        Network.Registered registered = network.host().register("Living Room");
        network.advance(A_WHILE);

        registered.registration.close();
        network.advance(A_WHILE);

        assertThat(network.link.seen().stream()
                        .flatMap(each -> each.message().answers().stream())
                        .filter(Resource::isGoodbye))
                .extracting(Resource::type)
                .containsExactlyInAnyOrder(Type.PTR, Type.SRV, Type.TXT, Type.A, Type.AAAA);
    }

    @Test
    void textThatChangesIsAnnouncedAtMostOnceASecondAndEndsWithTheLast() {
        Network.Registered registered = network.host().register("Living Room");
        network.advance(A_WHILE);
        int before = announcementsOf("Living Room").size();

        for (int i = 0; i < 50; i++) {
            registered.registration.updateText(TextRecord.empty().with("n", String.valueOf(i)));
            network.advanceMillis(100);
        }
        network.advance(A_WHILE);

        List<SimulatedLink.Seen> after =
                announcementsOf("Living Room").stream().skip(before).toList();
        assertThat(after).hasSizeBetween(3, 8);
        for (int i = 1; i < after.size(); i++) {
            assertThat(SimulatedLink.between(after.get(i - 1), after.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(after.get(after.size() - 1).message().answers())
                .filteredOn(answer -> answer.type() == Type.TXT)
                .allSatisfy(text ->
                        assertThat(TextRecord.decode(text.data()).string("n")).contains("49"));
    }

    @Test
    void aServiceWaitsForAnInterfaceAndIsProbedOnEachThatComes() {
        SimulatedLink.Host host = new SimulatedLink.Host();
        Network.Node node = network.start(host);
        Network.Registered registered = node.register("Living Room");
        network.advance(A_WHILE);
        assertThat(registered.events).isEmpty();

        host.attach(network.link, "10.77.0.1");
        network.advance(A_WHILE);
        SimulatedLink other = new SimulatedLink(network.loop, 2, 2);
        host.attach(other, "10.78.0.1");
        network.advance(A_WHILE);

        assertThat(registered.events).containsExactly("Living Room");
        assertThat(other.seen().stream().filter(each -> each.message().response()))
                .isNotEmpty();
        assertThat(other.seen().stream()
                        .flatMap(each -> each.message().answers().stream())
                        .filter(answer -> answer.type() == Type.A))
                .extracting(answer -> InetAddress.getByAddress(answer.data()))
                .containsOnly(SimulatedLink.address("10.78.0.1"));
    }

    @Test
    void aNewAddressOfAnInterfaceIsAnnounced() {
        Network.Node node = network.host();
        node.register("Living Room");
        network.advance(A_WHILE);

        node.host().attach(network.link, "10.77.0.77");
        network.advance(A_WHILE);

        assertThat(network.link.seenFrom(SimulatedLink.address("10.77.0.77")).stream()
                        .flatMap(each -> each.message().answers().stream()))
                .extracting(Resource::type)
                .containsOnly(Type.A);
    }

    /** A probe for the name that proposes one text, which is the later the longer its first attribute is. */
    private static DnsMessage probe(String attribute) {
        Resource text = Resource.shared(
                nameOf("Living Room"),
                Type.TXT,
                Protocol.OTHER_TTL,
                TextRecord.empty().with(attribute).encode());
        return DnsMessage.query(List.of(new Question(nameOf("Living Room"), Type.ANY, true)), List.of(), List.of(text));
    }

    private static Resource foreignLocation(String instance) {
        byte[] data = new byte[] {0, 0, 0, 0, 0, 80, 3, 'f', 'o', 'o', 5, 'l', 'o', 'c', 'a', 'l', 0};
        return Resource.unique(Names.of(InstanceName.of(instance), Network.TYPE), Type.SRV, Protocol.HOST_TTL, data);
    }

    private List<SimulatedLink.Seen> probesFor(String instance) {
        return network.link.seen().stream()
                .filter(each -> each.message().authorities().stream()
                        .anyMatch(proposed -> proposed.name().equals(nameOf(instance))))
                .toList();
    }

    private List<SimulatedLink.Seen> announcementsOf(String instance) {
        return network.link.seen().stream()
                .filter(each -> each.message().response()
                        && each.message().answers().stream()
                                .anyMatch(answer -> answer.name().equals(nameOf(instance))))
                .toList();
    }

    private static Name nameOf(String instance) {
        return Names.of(InstanceName.of(instance), Network.TYPE);
    }
}
