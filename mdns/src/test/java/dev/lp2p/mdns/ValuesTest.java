package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @Test
    void anInstanceNameHasOneTo63Bytes() {
        assertThat(InstanceName.of("a".repeat(63)).bytes()).hasSize(63);
        assertThatThrownBy(() -> InstanceName.of("ü".repeat(32))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InstanceName.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNextNameCountsUp() {
        assertThat(InstanceName.of("Living Room").next()).hasToString("Living Room (2)");
        assertThat(InstanceName.of("Living Room (2)").next()).hasToString("Living Room (3)");
        assertThat(InstanceName.of("Living Room (99)").next()).hasToString("Living Room (100)");
        assertThat(InstanceName.of("Fun (times)").next()).hasToString("Fun (times) (2)");
        assertThat(InstanceName.of("(2)").next()).hasToString("(2) (2)");
    }

    @Test
    void theNextNameIsCutBetweenCharactersToFit() {
        String next = InstanceName.of("📺".repeat(15)).next().toString();

        assertThat(next).isEqualTo("📺".repeat(14) + " (2)");
    }

    @Test
    void theNextNameKeepsTheZeroThatMarksATruncatedName() {
        InstanceName truncated = InstanceName.of("a".repeat(62) + "\0");

        assertThat(truncated.next()).hasToString("a".repeat(58) + " (2)\0");
        assertThat(truncated.next().next()).hasToString("a".repeat(58) + " (3)\0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_openscreen._udp", "_http._tcp", "_a1-b2._udp", "_OpenScreen._UDP", "_abcdefghijklmno._tcp"})
    void aServiceTypeIsANameAndAProtocol(String legal) {
        assertThat(new ServiceType(legal)).isEqualTo(new ServiceType(legal.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openscreen._udp",
                "_openscreen",
                "_openscreen._sctp",
                "_._udp",
                "_-a._udp",
                "_a-._udp",
                "_a--b._udp",
                "_123._udp",
                "_abcdefghijklmnop._tcp",
                "_a._udp.local"
            })
    void anythingElseIsNoServiceType(String illegal) {
        assertThatThrownBy(() -> new ServiceType(illegal)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textKeepsOrderBytesAndTheDifferenceBetweenNoValueAndAnEmptyOne() {
        TextRecord text = TextRecord.empty()
                .with("z", new byte[] {0, '=', (byte) 0xff})
                .with("flag")
                .with("empty", "")
                .with("Ab", "c");

        TextRecord read = TextRecord.decode(text.encode());

        assertThat(read).isEqualTo(text);
        assertThat(read.keys()).containsExactly("z", "flag", "empty", "Ab");
        assertThat(read.value("z")).contains(new byte[] {0, '=', (byte) 0xff});
        assertThat(read.contains("flag")).isTrue();
        assertThat(read.value("flag")).isEmpty();
        assertThat(read.value("empty")).contains(new byte[0]);
        assertThat(read.string("aB")).contains("c");
    }

    @Test
    void anAttributeOfTheSameKeyIsReplacedInItsPlace() {
        TextRecord text = TextRecord.empty().with("a", "1").with("b", "2").with("A", "3");

        assertThat(text.keys()).isEqualTo(List.of("A", "b"));
        assertThat(text.string("a")).contains("3");
    }

    @Test
    void emptyTextIsOneZeroByte() {
        assertThat(TextRecord.empty().encode()).containsExactly(0);
        assertThat(TextRecord.decode(new byte[] {0})).isEqualTo(TextRecord.empty());
    }

    @Test
    void ofTextThatIsNotLegalOnlyTheLegalPartIsRead() {
        byte[] data = "\4=abc\3a=1\3A=2\3b=2\2\u00fc=\200c=".getBytes(StandardCharsets.ISO_8859_1);

        TextRecord text = TextRecord.decode(data);

        assertThat(text.keys()).containsExactly("a", "b");
        assertThat(text.string("a")).contains("1");
    }

    @Test
    void textHasCaps() {
        assertThatThrownBy(() -> TextRecord.empty().with("k", new byte[254]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TextRecord.empty().with("a=b", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> {
                    TextRecord text = TextRecord.empty();
                    for (int i = 0; i < 6; i++) {
                        text = text.with("k" + i, new byte[250]);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressIsOnTheLinkIfASubnetOfTheInterfaceHoldsIt() {
        LocalInterface link = new LocalInterface(
                "sim0",
                7,
                false,
                List.of(
                        new LocalInterface.Prefix(SimulatedLink.address("10.77.4.1"), 22),
                        new LocalInterface.Prefix(SimulatedLink.address("fd00::1"), 64)));
        LocalInterfaces all = new LocalInterfaces(List.of(link));

        assertThat(List.of("10.77.7.255", "10.77.4.1", "fd00::2", "169.254.3.4", "fe80::1"))
                .allMatch(address -> all.isOnLink(SimulatedLink.address(address)));
        assertThat(List.of("10.77.8.0", "127.0.0.1", "fd00:0:0:1::2", "::1", "224.0.0.251"))
                .noneMatch(address -> all.isOnLink(SimulatedLink.address(address)));
    }
}
