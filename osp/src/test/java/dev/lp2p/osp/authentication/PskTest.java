package dev.lp2p.osp.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskTest {

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 40, 60})
    void aNewKeyHasOneSetBitAboveItsEntropy(int bits) {
        for (int i = 0; i < 50; i++) {
            assertThat(Psk.generate(bits, random).value().bitLength()).isEqualTo(bits + 1);
        }
    }

    @Test
    void newKeysDiffer() {
        assertThat(Psk.generate(60, random).value())
                .isNotEqualTo(Psk.generate(60, random).value());
    }

    @ParameterizedTest
    @CsvSource({
        "61488548833, 0614-8854-8833",
        "1048576, 001-048-576",
        "2097151, 002-097-151",
        "999999999, 999-999-999",
        "123456, 123-456",
        "1000000000, 0010-0000-0000",
        "123456789012, 1234-5678-9012",
        "1208925819614629174706175, 0001-2089-2581-9614-6291-7470-6175"
    })
    void isReadAndTypedInGroups(BigInteger value, String code) {
        assertThat(NumericCode.format(new Psk(value))).isEqualTo(code);
        assertThat(typed(code)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0614-8854-8833",
                "61488548833",
                "0614 8854 8833",
                "  0614-8854 -8833\n",
                "0614\u20138854\u20138833",
                "0614\u00a08854\u22128833",
                "\uff10\uff16\uff11\uff14-8854-8833"
            })
    void isTypedAsAPersonLikes(String code) {
        assertThat(typed(code)).isEqualTo(61_488_548_833L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  -",
                "0614-8854-883O",
                "E5100CBE1",
                "12.5",
                "1208925819614629174706176",
                "111111111111111111111111111111111"
            })
    void whatIsNoCodeIsTold(String code) {
        assertThat(NumericCode.parse(code)).isEmpty();
    }

    @Test
    void aQrCodeHoldsUppercaseHexadecimal() {
        assertThat(QrCode.text(new Psk(61_488_548_833L))).isEqualTo("E5100CBE1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"E5100CBE1", "e5100cbe1", "0E5100CBE1\n"})
    void aScannedCodeIsTheSameKey(String scanned) {
        assertThat(QrCode.parse(scanned).orElseThrow().value()).isEqualTo(61_488_548_833L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0xE5", "https://a.example", "-1", "100000000000000000000000000000000000"})
    void anyOtherQrCodeIsTold(String scanned) {
        assertThat(QrCode.parse(scanned)).isEmpty();
    }

    @Test
    void isWiped() {
        Psk psk = new Psk(61_488_548_833L);
        psk.destroy();
        assertThat(psk.value()).isZero();
    }

    private static BigInteger typed(String code) {
        return NumericCode.parse(code).orElseThrow().value();
    }
}
