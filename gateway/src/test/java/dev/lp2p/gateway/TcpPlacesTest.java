package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TcpPlacesTest {

    private final TcpPlaces places = new TcpPlaces();

    @Test
    void otherUsersHaveFewPlacesAndNoneOfTheUsers() {
        List<EmbeddedChannel> others = fill();
        others.forEach(places::enterAsAnother);

        assertThat(others).filteredOn(EmbeddedChannel::isOpen).hasSize(Limits.TCP_CONNECTIONS_OF_OTHERS);
        fill();
        others.get(0).close();
        assertThat(places.enterAsAnother(new EmbeddedChannel())).isTrue();
    }

    @Test
    void whoFindsNoPlaceIsClosedAndAPlaceThatIsLeftIsFree() {
        List<EmbeddedChannel> all = fill();
        EmbeddedChannel late = new EmbeddedChannel();
        assertThat(places.enter(late)).isFalse();
        assertThat(late.isOpen()).isFalse();

        all.get(0).close();
        assertThat(places.enter(new EmbeddedChannel())).isTrue();
    }

    private List<EmbeddedChannel> fill() {
        List<EmbeddedChannel> all = Stream.generate(EmbeddedChannel::new)
                .limit(Limits.TCP_CONNECTIONS)
                .toList();
        assertThat(all).allMatch(places::enter);
        return all;
    }
}
