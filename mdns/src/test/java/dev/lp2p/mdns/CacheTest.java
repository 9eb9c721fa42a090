package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.SimulatedLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** https://www.rfc-editor.org/rfc/rfc6762#section-10 */
class CacheTest {

    private static final int LINK = 1;
    private static final Name HOST = Names.host("host");
    private static final InetAddress SOURCE = SimulatedLink.address("10.77.0.1");

    private final SimulatedLoop loop = new SimulatedLoop();
    private final Cache cache = new Cache(new Loop(loop, loop, new Random(1)));

    @Test
    void aUniqueRecordEndsTheOlderOnesOfItsNameAndTypeAfterASecond() {
        accept(address(1), address(2));
        loop.advance(Duration.ofSeconds(10));

        accept(address(2), address(3));
        loop.advance(Duration.ofMillis(999));
        assertThat(cached()).containsExactlyInAnyOrder(1, 2, 3);
        loop.advance(Duration.ofMillis(1));

        assertThat(cached()).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void recordsThatCameAMomentAgoInAnotherPacketStay() {
        accept(address(1));
        loop.advance(Duration.ofMillis(500));
        accept(address(2));
        loop.advance(Duration.ofSeconds(5));

        assertThat(cached()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aSharedRecordEndsNoOther() {
        accept(address(1).withoutFlush());
        loop.advance(Duration.ofSeconds(10));
        accept(address(2).withoutFlush());
        loop.advance(Duration.ofSeconds(5));

        assertThat(cached()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aRecordThatIsHeardAgainWithinTheGraceLivesOn() {
        accept(address(1));
        accept(address(1).withTtl(Duration.ZERO));
        loop.advance(Duration.ofMillis(500));
        accept(address(1));
        loop.advance(Duration.ofSeconds(60));

        assertThat(cached()).containsExactly(1);
    }

    @Test
    void theNewestRecordComesFirst() {
        accept(address(1));
        accept(address(2));
        assertThat(cached()).containsExactly(2, 1);

        assertThat(accept(address(1))).isTrue();
        assertThat(cached()).containsExactly(1, 2);
    }

    @Test
    void noTimeToLiveIsLongerThanTheCap() {
        accept(address(1).withTtl(Duration.ofDays(10_000)));
        loop.advance(Protocol.MAX_TTL);

        assertThat(cached()).isEmpty();
    }

    @Test
    void oneLinkKnowsNothingOfAnother() {
        accept(address(1));

        assertThat(cache.get(LINK + 1, HOST, Type.A)).isEmpty();
    }

    @Test
    void aFullCacheKeepsWhatItHasAndTakesNothingNew() {
        accept(address(1));
        for (int i = 0; i < 2 * Protocol.MAX_CACHED_RECORDS; i++) {
            InetAddress source = SimulatedLink.address("10.78." + i / 250 + "." + i % 250);
            cache.accept(
                    LINK,
                    source,
                    List.of(Resource.shared(Names.host("h" + i), Type.A, Protocol.HOST_TTL, new byte[4])));
        }

        assertThat(cache.size()).isEqualTo(Protocol.MAX_CACHED_RECORDS);
        assertThat(cached()).containsExactly(1);

        loop.advance(Protocol.HOST_TTL);
        cache.sweep();
        assertThat(cache.size()).isZero();
        assertThat(accept(address(2))).isTrue();
    }

    private boolean accept(Resource... packet) {
        return cache.accept(LINK, SOURCE, List.of(packet));
    }

    private List<Integer> cached() {
        return cache.get(LINK, HOST, Type.A).stream()
                .map(record -> (int) record.data()[3])
                .toList();
    }

    private static Resource address(int last) {
        return Resource.unique(HOST, Type.A, Protocol.HOST_TTL, new byte[] {10, 77, 0, (byte) last});
    }
}
