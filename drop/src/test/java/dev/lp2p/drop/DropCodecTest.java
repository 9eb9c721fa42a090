package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DropCodecTest {

    @Test
    void whatIsSaidOfAMessageThatIsNoJsonQuotesNothingOfIt() {
        assertThatThrownBy(() -> DropCodec.decode("{\"type\":evil\u009b2J}"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("A control message that is not JSON");
    }
}
