package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a page that goes nothing lives on, the other one is told, and the next page has the peer again with one call. */
class PagesThatGoTest extends TwoBrowsersTest {

    static Stream<Arguments> ways() {
        return Stream.of(
                way("reloads", BrowserPage::reload),
                way("is closed", BrowserPage::close),
                way("crashes", BrowserPage::crash));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whenThePageThatRequestedGoesThatIs(String name, Consumer<BrowserPage> way) {
        connect();
        int asked = tv.questions() + laptop.questions();
        way.accept(requester);

        assertThat(receiver.await("ended")).isEqualTo("closed-by-peer");
        tv.awaitConnections(0);
        laptop.awaitConnections(0);
        requester.close();
        requester = onLaptop.open(SITE);
        requester.run("await request('resume');");
        assertThat(requester.run("return echo('again');").asText()).isEqualTo("again");
        assertThat(tv.questions() + laptop.questions()).isEqualTo(asked);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whenThePageThatReceivesGoesThatIs(String name, Consumer<BrowserPage> way) {
        connect();
        int asked = tv.questions() + laptop.questions();
        way.accept(receiver);

        assertThat(requester.await("ended")).isEqualTo("closed-by-peer");
        assertThat(tv.awaitConnections(0).has("name")).as("others see it").isFalse();
        laptop.awaitConnections(0);
        receiver.close();
        receiver = onTv.open(SITE);
        receiver.run("await receive();");
        requester.run("await request('resume');");
        assertThat(requester.run("return echo('again');").asText()).isEqualTo("again");
        assertThat(tv.questions() + laptop.questions()).isEqualTo(asked);
    }

    private static Arguments way(String name, Consumer<BrowserPage> way) {
        return Arguments.of(name, way);
    }
}
