package dev.lp2p.osp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final MessageReader reader = new MessageReader(handler, key -> true);

    @ParameterizedTest
    @CsvSource({
        "0abf0001ff, map of indefinite length",
        "0aa20001 6165 00, a text key of an extension",
        "0aa20001 1864 9f00ff, an unknown number",
        "0aa20001 20 f6, a negative key",
        "0aa20001 01 a100627570, agent-status is ignored",
        "0aa20001 6130 05, the text 0 is not the number 0",
        "0aa20001 0a c249010000000000000000, a big number",
        "0aa20001 0a f97e00, a half float",
        "0aa20001 0a 5f4101ff, chunks",
        "0aa10018 01, a number longer than needed",
        "400aa10001, a type key longer than needed"
    })
    void acceptsWhatTheEncodingLeavesOpen(String hex, String why) {
        feed(hex);
        assertThat(handler.messages).as(why).containsExactly(new AgentInfoRequest(1));
        assertThat(handler.calls).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0aa0, the request id is missing",
        "0a8101, an array",
        "0a00, a number",
        "0aa2 0001 0002, a key twice",
        "0aa2 0001 1800 02, a key twice in two forms",
        "0aa1 6130 01, a text key in place of the number",
        "0aa1 00f5, true for a number",
        "0aa1 00f93c00, 1.0 for a number",
        "0aa1 00c101, a tagged number",
        "0aa1 0020, a negative number",
        "0aa1 001bffffffffffffffff, a number above 2^63",
        "0aa1 00 f6, null",
        "0aa1 40 01, bytes as a key",
        "0aff, a break",
        "0aa1ff, a break in a counted map",
        "0abf00ff, a break before the value",
        "0a1c, a reserved head",
        "0aa2 0001 0a df, a tag of indefinite length",
        "0aa2 0001 0a f800, a simple value in the wrong form",
        "0aa2 0001 0a 5f6161ff, text in bytes",
        "0aa2 0001 0a c1ff, a tag of nothing",
        "4078a1 00 a5 0061c3 0160 0280 0360 0480, text that is not UTF-8",
        "4078a1 00 a5 0063eda080 0160 0280 0360 0480, text with half a surrogate pair",
        "4078a1 00 a5 0060 0160 028161 61 0360 0480, a text among the capabilities",
        "4078a1 00 a4 0060 0160 0280 0360, no locales",
        "43e9a3 00 1865 0180 0214, ease of input above 100",
        "43e9a3 00 00 0180 0213, less than 20 bits of entropy",
        "43eba1 00 4100, a confirmation of one byte",
        "43eda3 00a0 0103 0240, an unknown psk-status",
        "43eda3 0060 0100 0240, a token that is not in a map",
        "444da4 0001 01 19ffff 0260 0360, channel 65535",
        "444da5 0001 0100 0260 0360 6f6c7032702d636f6e6e656374696f6e 6130, a text for a connection",
        "444da6 0001 0100 0260 0360 6f6c7032702d636f6e6e656374696f6e 00 6f6c7032702d636f6e6e656374696f6e 00, our key twice",
        "6456a3 0003 0100 0360, accepted without a connection-id"
    })
    void refusesWhatIsNoMessage(String hex, String why) {
        feed(hex);
        assertThat(handler.calls).as(why).singleElement().asString().startsWith("malformed ");
        feed("0aa10001");
        assertThat(handler.calls).as("nothing is read after it").hasSize(1);
    }

    @Test
    void acceptsAConfirmationOf32BytesAndRefusesATailThatIsNotZero() {
        String hmac = "7e".repeat(32);
        feed("43eba1005820" + hmac);
        assertThat(handler.calls).containsExactly("message AUTH_SPAKE2_CONFIRMATION");
        feed("43eba1005840" + hmac + "00".repeat(31) + "01");
        assertThat(handler.calls.get(1)).startsWith("malformed AUTH_SPAKE2_CONFIRMATION");
    }

    @Test
    void takesAnUnknownAuthStatusForAFailure() {
        feed("43eca10018c8");
        assertThat(handler.messages).containsExactly(new AuthStatus(AuthStatusResult.UNKNOWN_ERROR));
    }

    @Test
    void leavesOutInputMethodsThatItDoesNotKnow() {
        feed("43e9a3000001830109000214");
        assertThat(handler.messages)
                .containsExactly(new AuthCapabilities(0, Set.of(PskInputMethod.QR_CODE, PskInputMethod.NUMERIC), 20));
    }

    @ParameterizedTest
    @CsvSource({
        "6456 a2 0003 0102, an unknown result",
        "6456 a3 0003 0101 0207, a connection-id where there is none",
    })
    void takesWhateverIsNotAcceptedForARefusal(String hex, String why) {
        feed(hex);
        assertThat(handler.messages).as(why).containsExactly(Lp2pConnectResponse.unavailable(3));
    }

    @Test
    void refusesAnOriginOrANicknameThatIsTooLong() {
        int origin = Lp2pConnectRequest.MAX_ORIGIN_BYTES;
        int nickname = Lp2pConnectRequest.MAX_NICKNAME_BYTES;
        feed(connectRequest(origin, nickname));
        assertThat(handler.messages)
                .containsExactly(new Lp2pConnectRequest(3, "x".repeat(origin), "x".repeat(nickname)));
        for (String hex :
                List.of(connectRequest(0, 0), connectRequest(origin + 1, 0), connectRequest(origin, nickname + 1))) {
            RecordingHandler refusing = new RecordingHandler();
            new MessageReader(refusing, key -> true).feed(buffer(hex));
            assertThat(refusing.calls).as(hex).singleElement().asString().startsWith("malformed ");
        }
    }

    private static String connectRequest(int originBytes, int nicknameBytes) {
        return "6455 a3 0003 01 79 %04x %s 02 79 %04x %s"
                .formatted(originBytes, "78".repeat(originBytes), nicknameBytes, "78".repeat(nicknameBytes));
    }

    @Test
    void namesAnUnknownTypeKey() {
        feed("7bbda0");
        feed("0aa10001");
        assertThat(handler.calls).containsExactly("unknown 15293");
    }

    @Test
    void asksWhetherATypeKeyIsAcceptableBeforeItReadsOn() {
        MessageReader beforeAuthentication = new MessageReader(handler, TypeKey::allowedBeforeAuthentication);
        beforeAuthentication.feed(buffer("0aa10001" + "444d"));
        assertThat(handler.calls).containsExactly("message AGENT_INFO_REQUEST", "refused DATA_CHANNEL_OPEN_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a5b00ffffffffffffff",
                "0aa1005a7fffffff",
                "0a9a7fffffff",
                "0abb7fffffffffffffff",
                "0abb4000000000000001"
            })
    void refusesALengthOverTheCapWhenItIsAnnounced(String hex) {
        feed(hex);
        assertThat(handler.calls).singleElement().asString().startsWith("malformed ");
    }

    @Test
    void refusesWhatNeverEnds() {
        feed("0a9f");
        feed("00".repeat(MessageReader.MAX_SMALL_MESSAGE_BYTES - 1));
        assertThat(handler.calls).isEmpty();
        feed("00");
        assertThat(handler.calls).singleElement().asString().contains("larger");
    }

    @Test
    void refusesWhatNestsTooDeep() {
        feed("0a" + "81".repeat(CborScanner.MAX_DEPTH));
        assertThat(handler.calls).isEmpty();
        feed("81");
        assertThat(handler.calls).singleElement().asString().contains("deep");
    }

    @Test
    void refusesAMessageCutShortByTheEndOfItsStream() {
        feed("0aa100");
        reader.finish();
        assertThat(handler.calls).singleElement().asString().startsWith("malformed AGENT_INFO_REQUEST");

        RecordingHandler second = new RecordingHandler();
        MessageReader inTypeKey = new MessageReader(second, key -> true);
        inTypeKey.feed(buffer("43"));
        inTypeKey.finish();
        assertThat(second.calls).singleElement().asString().startsWith("malformed null");
    }

    @Test
    void aHandlerMayCloseTheReaderFromWithin() {
        MessageReader[] closing = new MessageReader[1];
        RecordingHandler second = new RecordingHandler() {
            @Override
            public void onMessage(Message message) {
                super.onMessage(message);
                closing[0].close();
            }
        };
        closing[0] = new MessageReader(second, key -> true);
        closing[0].feed(buffer("0aa100010aa10001"));
        assertThat(second.calls).containsExactly("message AGENT_INFO_REQUEST");
    }

    @Test
    void releasesWhatItIsFed() {
        ByteBuf fed = buffer("0aa10001");
        reader.feed(fed);
        assertThat(fed.refCnt()).isZero();
    }

    private void feed(String hex) {
        reader.feed(buffer(hex));
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }
}
