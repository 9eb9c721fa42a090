package dev.lp2p.osp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarIntTest {

    // The first four are the examples of RFC 9000, appendix A.1.
    @ParameterizedTest
    @CsvSource({
        "151288809941952652, c2197c5eff14e88c",
        "494878333, 9d7f3e7d",
        "15293, 7bbd",
        "37, 25",
        "0, 00",
        "63, 3f",
        "64, 4040",
        "16383, 7fff",
        "16384, 80004000",
        "1073741823, bfffffff",
        "1073741824, c000000040000000",
        "4611686018427387903, ffffffffffffffff"
    })
    void writesTheShortestFormAndReadsItBack(long value, String hex) {
        ByteBuf buffer = Unpooled.buffer();
        VarInt.write(buffer, value);
        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo(hex);
        assertThat(VarInt.encodedBytes(value)).isEqualTo(buffer.readableBytes());
        assertThat(VarInt.read(buffer)).isEqualTo(value);
        assertThat(buffer.isReadable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4025", "80000025", "c000000000000025"})
    void acceptsLongerFormsThanNeeded(String hex) {
        assertThat(VarInt.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex))))
                .isEqualTo(37);
    }

    @Test
    void movesNothingWhereBytesAreMissing() {
        ByteBuf buffer = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("9d7f3e"));
        assertThat(VarInt.read(buffer)).isEqualTo(VarInt.INCOMPLETE);
        assertThat(buffer.readableBytes()).isEqualTo(3);
        assertThat(VarInt.read(Unpooled.EMPTY_BUFFER)).isEqualTo(VarInt.INCOMPLETE);
    }

    @Test
    void refusesWhatHasNoForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> VarInt.write(Unpooled.buffer(), VarInt.MAX_VALUE + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> VarInt.write(Unpooled.buffer(), -1));
    }
}
