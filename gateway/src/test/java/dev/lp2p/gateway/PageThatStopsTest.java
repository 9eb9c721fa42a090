package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.gateway.TwoDevices.Pages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are frozen, or were never there to listen. */
class PageThatStopsTest {

    /** Three of these without an answer end a page, also one that a busy machine holds up. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @Test
    void aPageThatDoesNotAnswerIsGoneAndItsPeerHears(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, HEARTBEAT, Map.of())) {
            Pages pages = devices.connect();
            pages.phone().keepPongs();

            assertThat(pages.tv().hear("connection.closed").path("connection").asLong())
                    .isEqualTo(pages.tvConnection());
            pages.phone().awaitClose();
        }
    }

    @Test
    void aPageThatNeverReadsIsGoneTooAndThePlaceOfItFree(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, HEARTBEAT, Map.of())) {
            for (int i = 0; i < Limits.SOCKETS_OF_ORIGIN; i++) {
                TestPage deaf = TestPage.openDeaf(devices.tvGateway.port(), TwoDevices.SITE);
                deaf.say("{'type':'hello','versions':[1]}");
            }
            TestPage page = TestPage.open(devices.tvGateway.port(), TwoDevices.SITE);
            while (!isWelcome(page)) {
                page = TestPage.open(devices.tvGateway.port(), TwoDevices.SITE);
            }
        }
    }

    @Test
    void aPageThatNeverEndsItsMessageIsGoneTooHoweverOftenItGoesOn(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, HEARTBEAT, Map.of())) {
            Pages pages = devices.connect();
            pages.phone().keepPongs();
            pages.phone().sendRawText("{", false);
            boolean isOpen = true;
            while (isOpen) {
                try {
                    pages.phone().sendRawText(" ", false);
                } catch (RuntimeException closed) {
                    isOpen = false;
                }
            }
            pages.tv().hear("connection.closed");
        }
    }

    private static boolean isWelcome(TestPage page) throws Exception {
        try {
            page.say("{'type':'hello','versions':[1]}");
        } catch (RuntimeException closed) {
            return false;
        }
        return page.next().toString().contains("welcome");
    }
}
