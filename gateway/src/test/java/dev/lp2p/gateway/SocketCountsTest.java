package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketCountsTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com",
        "https://example.com.:8443, example.com",
        "https://a.b.c_d.example.com:8443, example.com",
        "https://shop.example.co.uk, co.uk",
        "https://intranet, intranet",
        "https://93.184.216.34, 93.184.216.34",
        "https://93.184.216.35:8443, 93.184.216.35",
        "https://[2606:2800::1]:8443, [2606:2800::1]",
        "http://[::1]:3000, [::1]",
        "http://127.0.0.1:3000, 127.0.0.1",
        "http://localhost:3000, localhost"
    })
    void aNameIsOfTheSameSiteAsAllBelowItAndAnAddressIsASite(String origin, String site) {
        assertThat(SocketCounts.siteOf(origin)).isEqualTo(site);
    }

    @Test
    void aPlaceThatIsLeftIsFreeForTheOriginAndItsSite() {
        SocketCounts counts = new SocketCounts();
        for (int i = 0; i < Limits.SOCKETS_OF_SITE; i++) {
            assertThat(counts.enter("https://" + i + ".example.com")).isTrue();
        }
        assertThat(counts.enter("https://new.example.com")).isFalse();
        assertThat(counts.enter("https://other.example")).isTrue();

        counts.leave("https://0.example.com");

        assertThat(counts.enter("https://new.example.com")).isTrue();
        assertThat(counts.enter("https://0.example.com")).isFalse();
    }

    @Test
    void fourSitesAtLeastArePartOfAFullGateway() {
        SocketCounts counts = new SocketCounts();
        int places = 0;
        for (int site = 0; site < Limits.SOCKETS; site++) {
            while (counts.enter("https://" + places + ".example" + site + ".com")) {
                places++;
            }
        }
        assertThat(places).isEqualTo(Limits.SOCKETS);
        assertThat(Limits.SOCKETS / Limits.SOCKETS_OF_SITE).isGreaterThanOrEqualTo(4);
    }
}
