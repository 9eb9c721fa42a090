package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.quic.QuicConnectionStats;
import org.junit.jupiter.api.Test;

class UnreadBytesTest {

    private static final int PACKET = 1350;
    private static final int PAYLOAD = 1298;
    private static final int ACKNOWLEDGEMENT = 55;
    private static final int PACKETS = 1_000_000;

    private final UnreadBytes unread = new UnreadBytes();

    @Test
    void whatWasNotTakenIsCountedWhole() {
        unread.update(received(PACKETS, (long) PACKETS * PACKET));
        assertThat(unread.atMost()).isGreaterThan((long) PACKETS * PAYLOAD);
        unread.onTaken((long) PACKETS * PAYLOAD / 2);
        unread.update(received(PACKETS, (long) PACKETS * PACKET));
        assertThat(unread.atMost()).isBetween((long) PACKETS * PAYLOAD * 9 / 20, (long) PACKETS * PAYLOAD * 11 / 20);
    }

    @Test
    void packetsWhoseDataWasTakenLeaveNothingBehindHoweverManyThereWere() {
        for (int packets = 1000; packets <= PACKETS; packets += 1000) {
            unread.onTaken(1000L * PAYLOAD);
            unread.update(received(packets, (long) packets * PACKET));
        }
        assertThat(unread.atMost()).isZero();
    }

    @Test
    void acknowledgementsOfWhatWasSentAreNotUnread() {
        for (int packets = 1000; packets <= PACKETS; packets += 1000) {
            unread.update(new Counters(packets, packets * (long) ACKNOWLEDGEMENT, packets * 2L * PACKET));
        }
        assertThat(unread.atMost()).isZero();
    }

    @Test
    void noMoreIsCountedThanTheStreamsCanHold() {
        unread.update(received(PACKETS, (long) PACKETS * PACKET));
        unread.limit(UnreadBytes.streamWindow(1000, 1000));
        assertThat(unread.atMost()).isEqualTo(3000);
    }

    private static Counters received(long packets, long bytes) {
        return new Counters(packets, bytes, 0);
    }

    /** The library's counters of a connection, of which the others do not matter. */
    private record Counters(
            @Override long recv,
            @Override long recvBytes,
            @Override long sentBytes) implements QuicConnectionStats {

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public long retrans() {
            return 0;
        }

        @Override
        public long lostBytes() {
            return 0;
        }

        @Override
        public long streamRetransBytes() {
            return 0;
        }

        @Override
        public long pathsCount() {
            return 1;
        }
    }
}
