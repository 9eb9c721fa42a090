package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "HTTPS://Example.COM:443, https://example.com",
        "https://example.com:8443, https://example.com:8443",
        "https://example.com:0443, https://example.com",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://my_host.example, https://my_host.example",
        "https://example.com., https://example.com.",
        "https://192.168.0.1, https://192.168.0.1",
        "https://[2001:DB8:0:0:0:0:0:1]:443, https://[2001:db8::1]",
        "http://localhost:80, http://localhost",
        "http://app.localhost:3000, http://app.localhost:3000",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop, chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "lp2p:drop, lp2p:drop",
    })
    void thereIsOneWayToWriteAnOrigin(String text, String canonical) {
        assertThat(Origin.parse(text)).contains(new Origin(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "example.com",
                "http://example.com",
                "http://192.168.0.1",
                "http://localhost.example.com",
                "ftp://example.com",
                "https://",
                "https://example.com/",
                "https://user@example.com",
                "https://example.com:",
                "https://example.com:65536",
                "https://exa mple.com",
                "https://example..com",
                "https://-example.com",
                "https://example.com%2f",
                "https://127.1",
                "https://0x7f000001",
                "https://1.2.3.256",
                "https://01.2.3.4",
                "https://[::1%25lo]",
                "https://[1.2.3.4]",
                "https://[::",
                "https://straße.example",
                "https://a\u202Eb.example",
                "chrome-extension://a:1",
                "lp2p:",
                "lp2p:Drop",
                "lp2p:a b",
                "lp2p:-",
                "data:text/plain,a",
                "https://example.com\n",
            })
    void whatIsNoOriginIsNone(String text) {
        assertThat(Origin.parse(text)).isEmpty();
    }

    @Test
    void anOriginIsOfBoundedLength() {
        assertThat(Origin.parse("https://" + "a.".repeat(126) + "b")).isPresent();
        assertThat(Origin.parse("https://" + "a.".repeat(127) + "b")).isEmpty();
        assertThat(Origin.parse("lp2p:" + "a".repeat(64))).isPresent();
        assertThat(Origin.parse("lp2p:" + "a".repeat(65))).isEmpty();
        assertThat(Origin.parse("a".repeat(1_000_000))).isEmpty();
    }

    @Test
    void aValueThatIsNotInTheOneWayToWriteItDoesNotExist() {
        assertThatThrownBy(() -> new Origin("https://Example.com")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProgramsNameMakesItsOrigin() {
        assertThat(Origin.ofProgram("Chat App 2.0")).isEqualTo(new Origin("lp2p:chat-app-2.0"));
        assertThatThrownBy(() -> Origin.ofProgram("チャット")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "https://example.com:8443", "https://8.8.8.8", "lp2p:drop"})
    void aSiteOrProgramOfOneNameIsTheSameOnTwoDevices(String origin) {
        assertThat(new Origin(origin).matches(new Origin(origin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost:8443",
                "https://app.localhost",
                "https://127.0.0.1",
                "https://[::1]",
                "https://10.0.0.1",
                "https://172.16.0.1",
                "https://192.168.1.1",
                "https://169.254.0.1",
                "https://100.64.0.1",
                "https://192.0.0.1",
                "https://0.0.0.0",
                "https://[fe80::1]",
                "https://[fd00::1]",
                "https://[::ffff:808:808]",
                "https://[64:ff9b::808:808]",
                "https://printer",
                "https://printer.",
                "https://printer.local",
                "https://printer.local.",
                "https://nas.home.arpa",
                "https://wiki.internal",
                "https://nas.lan",
                "https://nas.home",
                "https://wiki.corp",
                "https://wiki.intranet",
                "https://wiki.private",
                "https://app.test",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
                "lp2p:unnamed",
            })
    void whatEveryMachineHasOfItsOwnMatchesNothingOnAnotherDevice(String origin) {
        assertThat(new Origin(origin).matches(new Origin(origin))).isFalse();
    }

    @Test
    void portSchemeAndHostTellOriginsApart() {
        Origin origin = new Origin("https://example.com");
        assertThat(origin.matches(new Origin("https://example.com:8443"))).isFalse();
        assertThat(origin.matches(new Origin("https://www.example.com"))).isFalse();
        assertThat(origin.matches(new Origin("https://example.com."))).isFalse();
    }
}
