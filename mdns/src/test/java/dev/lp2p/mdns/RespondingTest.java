package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** https://www.rfc-editor.org/rfc/rfc6762#section-6 and 7 */
class RespondingTest {

    private static final String ASKER = "10.77.0.99";
    private static final Name TYPE_NAME = Names.of(Network.TYPE);
    private static final Name INSTANCE = Names.of(InstanceName.of("Living Room"), Network.TYPE);

    private final Network network = new Network();
    private int seenBefore;
    private Instant asked = Instant.EPOCH;

    @BeforeEach
    void aServiceIsRegistered() {
        network.host().register("Living Room");
        network.advance(Duration.ofSeconds(10));
        seenBefore = network.link.seen().size();
    }

    @Test
    void anAnswerThatOthersMayGiveTooWaitsARandomMoment() {
        ask(new Question(TYPE_NAME, Type.PTR, false));

        assertThat(answers()).hasSize(1);
        assertThat(delayOfFirstAnswer()).isBetween(Duration.ofMillis(21), Duration.ofMillis(121));
    }

    @Test
    void aPointerComesWithAllThatTheAskerWillWantNext() {
        ask(new Question(TYPE_NAME, Type.PTR, false));

        assertThat(answers().get(0).message().answers())
                .extracting(Resource::type)
                .containsExactly(Type.PTR);
        assertThat(answers().get(0).message().additionals())
                .extracting(Resource::type)
                .containsExactlyInAnyOrder(Type.SRV, Type.TXT, Type.A, Type.AAAA);
    }

    @Test
    void anAnswerThatOnlyWeCanGiveIsGivenAtOnce() {
        ask(new Question(INSTANCE, Type.SRV, false));

        assertThat(answers()).hasSize(1);
        assertThat(delayOfFirstAnswer()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void namesMatchWhateverTheCase() {
        ask(new Question(Names.of(InstanceName.of("lIVING rOOM"), Network.TYPE), Type.TXT, false));

        assertThat(answers()).hasSize(1);
    }

    @Test
    void aKnownAnswerIsNotGivenAgainUnlessMostOfItsTimeIsOver() {
        Resource pointer = Resource.shared(TYPE_NAME, Type.PTR, Protocol.OTHER_TTL, INSTANCE.toWire());
        List<Question> question = List.of(new Question(TYPE_NAME, Type.PTR, false));

        send(DnsMessage.query(question, List.of(pointer), List.of()));
        assertThat(answers()).isEmpty();

        Resource old = pointer.withTtl(Protocol.OTHER_TTL.dividedBy(3));
        send(DnsMessage.query(question, List.of(old), List.of()));
        assertThat(answers()).hasSize(1);
    }

    @Test
    void knownAnswersThatFollowATruncatedQueryCount() {
        Resource pointer = Resource.shared(TYPE_NAME, Type.PTR, Protocol.OTHER_TTL, INSTANCE.toWire());
        List<Question> question = List.of(new Question(TYPE_NAME, Type.PTR, false));

        network.link.inject(ASKER, new DnsMessage(0, false, true, question, List.of(), List.of(), List.of()));
        network.advanceMillis(300);
        network.link.inject(ASKER, DnsMessage.query(List.of(), List.of(pointer), List.of()));
        network.advance(Duration.ofSeconds(2));

        assertThat(answers()).isEmpty();
    }

    @Test
    void anAnswerThatAnotherHostGivesMeanwhileIsNotGivenTwice() {
        Resource pointer = Resource.shared(TYPE_NAME, Type.PTR, Protocol.OTHER_TTL, INSTANCE.toWire());
        network.link.inject(
                ASKER, DnsMessage.query(List.of(new Question(TYPE_NAME, Type.PTR, false)), List.of(), List.of()));
        network.advanceMillis(2);

        send(DnsMessage.response(List.of(pointer), List.of()));

        assertThat(answers()).isEmpty();
    }

    @Test
    void aRecordIsMulticastAtMostOnceASecond() {
        for (int i = 0; i < 30; i++) {
            network.link.inject(
                    ASKER, DnsMessage.query(List.of(new Question(INSTANCE, Type.TXT, false)), List.of(), List.of()));
            network.advanceMillis(100);
        }
        network.advance(Duration.ofSeconds(2));

        assertThat(answers()).hasSizeBetween(3, 4);
        for (int i = 1; i < answers().size(); i++) {
            assertThat(SimulatedLink.between(answers().get(i - 1), answers().get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoAsksForAUnicastAnswerGetsOneIfTheLinkHeardTheRecordNotLongAgo() {
        ask(new Question(INSTANCE, Type.TXT, true));
        assertThat(answers()).extracting(SimulatedLink.Seen::multicast).containsExactly(false);

        network.advance(Protocol.OTHER_TTL.dividedBy(4));
        ask(new Question(INSTANCE, Type.TXT, true));
        assertThat(answers()).extracting(SimulatedLink.Seen::multicast).containsExactly(false, true);
    }

    @Test
    void aHostThatKnowsUnicastDnsOnlyIsAnsweredInItsOwnWay() {
        DnsMessage query = new DnsMessage(
                77, false, false, List.of(new Question(INSTANCE, Type.SRV, false)), List.of(), List.of(), List.of());

        network.link.inject(ASKER, 40000, query.toWire());
        network.advanceMillis(500);

        DnsMessage answer = answers().get(0).message();
        assertThat(answers().get(0).multicast()).isFalse();
        assertThat(answer.id()).isEqualTo(77);
        assertThat(answer.questions()).isEqualTo(query.questions());
        assertThat(answer.answers()).singleElement().satisfies(record -> {
            assertThat(record.unique()).isFalse();
            assertThat(record.ttl()).isEqualTo(Protocol.LEGACY_TTL);
        });
    }

    @Test
    void aTypeThatAnOwnedNameDoesNotHaveIsDenied() {
        ask(new Question(INSTANCE, Type.AAAA, false));

        assertThat(answers().get(0).message().answers())
                .extracting(Resource::type)
                .containsExactly(Type.NSEC);
    }

    @Test
    void theTypesOfServicesCanBeAskedFor() {
        ask(new Question(Names.SERVICE_TYPES, Type.PTR, false));

        assertThat(answers().get(0).message().answers())
                .extracting(Resource::data)
                .containsExactly(TYPE_NAME.toWire());
    }

    @Test
    void aQuestionAboutOthersIsNotAnswered() {
        ask(new Question(Names.host("somebody"), Type.A, false));

        assertThat(answers()).isEmpty();
    }

    @Test
    void aQuestionFromOffTheLinkIsNotAnswered() {
        network.link.inject(
                "192.0.2.1", DnsMessage.query(List.of(new Question(INSTANCE, Type.SRV, false)), List.of(), List.of()));
        network.advance(Duration.ofSeconds(2));

        assertThat(answers()).isEmpty();
    }

    private void ask(Question question) {
        send(DnsMessage.query(List.of(question), List.of(), List.of()));
    }

    private void send(DnsMessage message) {
        asked = network.loop.instant();
        network.link.inject(ASKER, message);
        network.advanceMillis(1500);
    }

    private Duration delayOfFirstAnswer() {
        return Duration.between(asked, answers().get(0).time());
    }

    private List<SimulatedLink.Seen> answers() {
        return network.link.seen().stream()
                .skip(seenBefore)
                .filter(each -> each.message().response())
                .toList();
    }
}
