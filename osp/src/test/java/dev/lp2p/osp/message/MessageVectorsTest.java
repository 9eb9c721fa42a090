package dev.lp2p.osp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages against bytes that were put together by hand from the CDDL. */
class MessageVectorsTest {

    private static final String HMAC = "00112233445566778899aabbccddeeff".repeat(2);
    private static final String PUBLIC_VALUE = "a5".repeat(32);
    private static final AgentInfo INFO =
            new AgentInfo("Küche", "M1", Set.of(1200L, 1100L), "Ab3dEf7h", List.of("de-DE", "en"));
    private static final String INFO_HEX = "a5"
            + "00" + "66" + "4bc3bc636865"
            + "01" + "62" + "4d31"
            + "02" + "82" + "19044c" + "1904b0"
            + "03" + "68" + "4162336445663768"
            + "04" + "82" + "65" + "64652d4445" + "62" + "656e";

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(new AgentInfoRequest(1), "0a" + "a1" + "0001"),
                Arguments.of(new AgentInfoResponse(1, INFO), "0b" + "a2" + "0001" + "01" + INFO_HEX),
                Arguments.of(new AgentInfoEvent(INFO), "4078" + "a1" + "00" + INFO_HEX),
                Arguments.of(new AgentStatusRequest(300), "0c" + "a1" + "00" + "19012c"),
                Arguments.of(new AgentStatusResponse(4_294_967_296L), "0d" + "a1" + "00" + "1b0000000100000000"),
                Arguments.of(
                        new AuthCapabilities(100, Set.of(PskInputMethod.QR_CODE, PskInputMethod.NUMERIC), 20),
                        "43e9" + "a3" + "00" + "1864" + "01" + "82" + "0001" + "02" + "14"),
                Arguments.of(
                        new AuthSpake2Handshake("tok1", PskStatus.SHOWN, bytes(PUBLIC_VALUE)),
                        "43ed" + "a3" + "00" + "a1" + "00" + "64" + "746f6b31" + "0101" + "02" + "5820" + PUBLIC_VALUE),
                Arguments.of(
                        new AuthSpake2Handshake(null, PskStatus.NEEDS_PRESENTATION, new byte[0]),
                        "43ed" + "a3" + "00" + "a0" + "0100" + "02" + "40"),
                Arguments.of(
                        new AuthSpake2Confirmation(bytes(HMAC)),
                        "43eb" + "a1" + "00" + "5840" + HMAC + "00".repeat(32)),
                Arguments.of(new AuthStatus(AuthStatusResult.PROOF_INVALID), "43ec" + "a1" + "0005"),
                Arguments.of(
                        new DataChannelOpenRequest(7, 65_534, "drop", "p"),
                        "444d" + "a4" + "0007" + "01" + "19fffe" + "02" + "64" + "64726f70" + "03" + "61" + "70"),
                Arguments.of(
                        new DataChannelOpenRequest(7, 0, "drop", "", OptionalLong.of(300)),
                        "444d" + "a5" + "0007" + "0100" + "02" + "64" + "64726f70" + "0360" + "6f"
                                + "6c7032702d636f6e6e656374696f6e" + "19012c"),
                Arguments.of(
                        new Lp2pConnectRequest(3, "https://a.b", "Küche"),
                        "6455" + "a3" + "0003" + "01" + "6b" + "68747470733a2f2f612e62" + "02" + "66" + "4bc3bc636865"),
                Arguments.of(
                        Lp2pConnectResponse.accepted(3, 1, "TV"),
                        "6456" + "a4" + "0003" + "0100" + "0201" + "03" + "62" + "5456"),
                Arguments.of(Lp2pConnectResponse.unavailable(3), "6456" + "a2" + "0003" + "0101"),
                Arguments.of(new Lp2pCloseEvent(1, Lp2pCloseEvent.CLOSED), "6457" + "a2" + "0001" + "0100"),
                Arguments.of(
                        new DataChannelOpenResponse(7, ResultCode.UNKNOWN_ERROR),
                        "444e" + "a2" + "0007" + "01" + "18c7"),
                Arguments.of(new Lp2pTransportRequest(4), "6458" + "a1" + "0004"),
                Arguments.of(new Lp2pStreamEnd(6, 500), "6459" + "a2" + "0006" + "01" + "1901f4"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isEncodedAsTheSpecificationSays(Message message, String hex) {
        ByteBuf encoded = MessageWriter.encode(UnpooledByteBufAllocator.DEFAULT, message);
        assertThat(ByteBufUtil.hexDump(encoded)).isEqualTo(hex);
        encoded.release();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isDecodedByteByByteToWhatItWas(Message message, String hex) {
        RecordingHandler handler = new RecordingHandler();
        MessageReader reader = new MessageReader(handler, key -> true);
        for (byte next : bytes(hex)) {
            assertThat(handler.messages).isEmpty();
            reader.feed(Unpooled.wrappedBuffer(new byte[] {next}));
        }
        reader.finish();
        assertThat(handler.calls).containsExactly("message " + message.typeKey());
        assertThat(handler.messages)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(message);
    }

    @Test
    void everyTypeOfMessageHasAVector() {
        assertThat(vectors().map(vector -> ((Message) vector.get()[0]).typeKey()))
                .containsAll(Stream.of(TypeKey.values())
                        .filter(key -> key != TypeKey.DATA_FRAME)
                        .toList());
    }

    @Test
    void messagesFollowEachOtherInOnePiece() {
        RecordingHandler handler = new RecordingHandler();
        List<Arguments> all = vectors().toList();
        StringBuilder stream = new StringBuilder();
        all.forEach(vector -> stream.append(vector.get()[1]));
        new MessageReader(handler, key -> true).feed(Unpooled.wrappedBuffer(bytes(stream.toString())));
        assertThat(handler.messages).hasSameSizeAs(all);
    }

    private static byte[] bytes(String hex) {
        return ByteBufUtil.decodeHexDump(hex);
    }
}
