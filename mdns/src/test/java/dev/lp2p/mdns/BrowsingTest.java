package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** https://www.rfc-editor.org/rfc/rfc6762#section-5 and 10 */
class BrowsingTest {

    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Name TYPE_NAME = Names.of(Network.TYPE);

    private final Network network = new Network();

    @Test
    void aRunningServiceIsFoundWithinAFifthOfASecond() {
        network.host().register("Living Room");
        network.advance(A_WHILE);

        Network.Found found = network.host().browse();
        network.advanceMillis(200);

        assertThat(found.events).containsExactly("+Living Room");
    }

    @Test
    void aNewServiceIsSeenAMomentAfterItsNameIsItsOwn() {
        Network.Found found = network.host().browse();
        network.advance(A_WHILE);

        network.host().register("Living Room");
        network.advanceMillis(1100);

        assertThat(found.events).containsExactly("+Living Room");
    }

    @Test
    void aFoundServiceHasEverythingThatIsNeededToConnect() {
        byte[] binary = {0, (byte) 0xff, '='};
        InstanceName name = InstanceName.of("📺 a.b.c Grün\0");
        Network.Found found = network.host().browse();
        network.host()
                .register(new ServiceDescription(
                        name, Network.TYPE, 4433, TextRecord.empty().with("Bin", binary)));

        network.advance(A_WHILE);

        DiscoveredService service = found.last();
        assertThat(service.name()).isEqualTo(name);
        assertThat(service.type()).isEqualTo(Network.TYPE);
        assertThat(service.host()).endsWith(".local");
        assertThat(service.port()).isEqualTo(4433);
        assertThat(service.text().value("bin")).contains(binary);
        assertThat(service.addresses())
                .extracting(address -> address.getHostAddress())
                .containsExactly("10.77.0.2", "fe80:0:0:0:0:0:0:2%1");
        assertThat(service.interfaceIndex()).isEqualTo(1);
    }

    @Test
    void questionsAreAskedEverMoreRarely() {
        network.host().browse();

        network.advance(Duration.ofSeconds(40));

        assertThat(queries())
                .extracting(each ->
                        each.time().toEpochMilli() - queries().get(0).time().toEpochMilli())
                .containsExactly(0L, 1000L, 3000L, 7000L, 15000L, 31000L);
    }

    @Test
    void onlyTheFirstQuestionWelcomesAUnicastAnswer() {
        network.host().browse();

        network.advance(A_WHILE);

        assertThat(queries())
                .extracting(each -> each.message().questions().get(0).unicast())
                .containsExactly(true, false, false);
    }

    @Test
    void whoSharesThePortWithAnotherProgramDoesNotAskForUnicastAnswers() {
        Network.Node node =
                network.start(new SimulatedLink.Host().sharingItsPort().attach(network.link, "10.77.0.50"));
        network.host().register("Living Room");
        network.advance(A_WHILE);

        Network.Found found = node.browse();
        network.advanceMillis(200);

        assertThat(queries())
                .noneMatch(each -> each.message().questions().stream().anyMatch(Question::unicast));
        assertThat(found.events).containsExactly("+Living Room");
    }

    @Test
    void knownAnswersAreListedAndNotGivenAgain() {
        network.host().register("Living Room");
        network.advance(A_WHILE);
        network.host().browse();
        network.advanceMillis(500);
        int before = responses().size();

        network.advance(Duration.ofSeconds(20));

        assertThat(queries().get(queries().size() - 1).message().answers())
                .extracting(Resource::type)
                .containsExactly(Type.PTR);
        assertThat(responses()).hasSize(before);
    }

    @Test
    void anotherHostsQuestionStandsForOurs() {
        network.host().browse();
        network.advanceMillis(6900);
        assertThat(queries()).hasSize(3);

        network.link.inject(
                "10.77.0.99",
                DnsMessage.query(List.of(new Question(TYPE_NAME, Type.PTR, false)), List.of(), List.of()));
        network.advanceMillis(5000);

        assertThat(queries()).hasSize(3);
    }

    @Test
    void aGoodbyeIsReportedAfterASecondOfGrace() {
        Network.Registered registered = network.host().register("Living Room");
        Network.Found found = network.host().browse();
        network.advance(A_WHILE);

        registered.registration.close();
        network.advanceMillis(900);
        assertThat(found.events).containsExactly("+Living Room");
        network.advanceMillis(200);

        assertThat(found.events).containsExactly("+Living Room", "-Living Room");
    }

    @Test
    void aServiceThatVanishesSilentlyIsAskedForAndLostWhenItsHostRecordsRunOut() {
        Network.Node advertiser = network.host();
        advertiser.register("Living Room");
        network.advance(A_WHILE);
        Network.Found found = network.host().browse();
        network.advance(A_WHILE);
        advertiser.host().detach(network.link);

        network.advance(Duration.ofSeconds(90));
        assertThat(queriesFor(Type.SRV)).isEmpty();
        network.loop.advanceUntil(() -> found.events.size() > 1, Duration.ofSeconds(40));

        assertThat(queriesFor(Type.SRV).stream().filter(each -> each.time().isBefore(network.loop.instant())))
                .hasSize(4);
        assertThat(found.events).containsExactly("+Living Room", "-Living Room");
    }

    @Test
    void aServiceThatStaysIsRefreshedAndNeverLost() {
        network.host().register("Living Room");
        Network.Found found = network.host().browse();

        network.advance(Duration.ofHours(5));

        assertThat(found.events).containsExactly("+Living Room");
    }

    @Test
    void newTextReplacesTheOldOne() {
        Network.Registered registered = network.host().register("Living Room");
        Network.Found found = network.host().browse();
        network.advance(A_WHILE);

        registered.registration.updateText(TextRecord.empty().with("fp", "xyz"));
        network.advance(A_WHILE);

        assertThat(found.events).containsExactly("+Living Room", "~Living Room");
        assertThat(found.last().text().string("fp")).contains("xyz");
    }

    @Test
    void aRenamedServiceIsLostUnderItsOldNameAndFoundUnderTheNew() {
        Network.Found found = network.host().browse();
        network.host().register("Living Room");
        network.host().register("Living Room");

        network.advance(Duration.ofSeconds(10));

        assertThat(found.events).containsExactlyInAnyOrder("+Living Room", "+Living Room (2)");
    }

    @Test
    void lossAndDuplicationDelayButDoNotPrevent() {
        for (int seed = 0; seed < 20; seed++) {
            Network lossy = new Network();
            lossy.link.withLoss(0.3).withDuplication(0.3);
            Network.Found found = lossy.host().browse();
            lossy.advanceMillis(new Random(seed).nextInt(1000));
            lossy.host().register("Living Room");

            lossy.loop.advanceUntil(() -> found.events.contains("+Living Room"), Duration.ofMinutes(2));
        }
    }

    @Test
    void aServiceIsFoundOnEachInterfaceAndLostWithIt() {
        SimulatedLink other = new SimulatedLink(network.loop, 2, 2);
        Network.Node advertiser = network.host();
        advertiser.host().attach(other, "10.78.0.1");
        advertiser.register("Living Room");
        Network.Node browser = network.host();
        browser.host().attach(other, "10.78.0.2");
        Network.Found found = browser.browse();
        network.advance(A_WHILE);
        assertThat(found.found)
                .extracting(each ->
                        each.interfaceIndex() + " " + each.addresses().get(0).getHostAddress())
                .containsExactlyInAnyOrder("1 10.77.0.1", "2 10.78.0.1");

        browser.host().detach(other);
        network.advance(A_WHILE);
        browser.host().attach(other, "10.78.0.2");
        network.advance(A_WHILE);

        assertThat(found.events).containsExactly("+Living Room", "+Living Room", "-Living Room", "+Living Room");
    }

    @Test
    void aClosedBrowserHearsAndAsksNothingMore() {
        Network.Node node = network.host();
        Network.Found found = node.browse();
        network.advance(A_WHILE);

        found.browsing.close();
        network.advance(A_WHILE);
        int before = queries().size();
        network.host().register("Living Room");
        network.advance(Duration.ofSeconds(60));

        assertThat(found.events).isEmpty();
        assertThat(queries()).hasSize(before);
        assertThat(node.dns().engine().discovery().cachedRecords()).isZero();
    }

    @Test
    void aSecondBrowserLearnsFromTheCache() {
        network.host().register("Living Room");
        Network.Node node = network.host();
        node.browse();
        network.advance(A_WHILE);
        int before = network.link.seen().size();

        Network.Found second = node.browse();
        network.loop.runReady();

        assertThat(second.events).containsExactly("+Living Room");
        assertThat(network.link.seen()).hasSize(before);
    }

    private List<SimulatedLink.Seen> queries() {
        return queriesFor(Type.PTR);
    }

    private List<SimulatedLink.Seen> queriesFor(int type) {
        return network.link.seen().stream()
                .filter(each -> !each.message().response())
                .filter(each -> each.message().questions().stream().anyMatch(question -> question.type() == type))
                .toList();
    }

    private List<SimulatedLink.Seen> responses() {
        return network.link.seen().stream()
                .filter(each -> each.message().response())
                .toList();
    }
}
