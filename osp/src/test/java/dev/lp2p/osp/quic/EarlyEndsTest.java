package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyEndsTest {

    private static final int OPEN_AT_ONCE = 4;

    private final EarlyEnds ends = new EarlyEnds(OPEN_AT_ONCE);

    @Test
    void anEndWaitsForItsStreamInWhateverOrderStreamsAppear() {
        assertThat(ends.add(0, 10)).isTrue();
        assertThat(ends.add(2, 30)).isTrue();
        assertThat(ends.take(2)).hasValue(30);
        assertThat(ends.add(1, 20)).isTrue();
        assertThat(ends.take(0)).hasValue(10);
        assertThat(ends.take(1)).hasValue(20);
        assertThat(ends.take(3)).isEmpty();
    }

    @Test
    void theSameEndMayComeAgainAndAnotherNot() {
        assertThat(ends.add(0, 10)).isTrue();
        assertThat(ends.add(0, 10)).isTrue();
        assertThat(ends.add(0, 11)).isFalse();
        assertThat(ends.take(0)).hasValue(10);
    }

    @Test
    void theEndOfAStreamThatAppearedIsNotKept() {
        assertThat(ends.take(1)).isEmpty();
        assertThat(ends.add(1, 10)).isTrue();
        assertThat(ends.add(1, 11)).isTrue();
        assertThat(ends.take(1)).isEmpty();
    }

    @Test
    void theEndOfAStreamThatCannotBeIsNotKept() {
        assertThat(ends.take(0)).isEmpty();
        assertThat(ends.add(OPEN_AT_ONCE + 1, 10)).isTrue();
        assertThat(ends.add(OPEN_AT_ONCE, 10)).isTrue();
        assertThat(ends.take(OPEN_AT_ONCE + 1)).isEmpty();
        assertThat(ends.take(OPEN_AT_ONCE)).hasValue(10);
    }
}
