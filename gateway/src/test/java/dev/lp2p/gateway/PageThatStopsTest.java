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

    /** A busy machine has time for an answer. */
    private static final GatewaySettings IMPATIENT =
            new GatewaySettings(0, Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(6));

    /** Of the device whose pages do not stop. */
    private static final GatewaySettings PATIENT = TwoDevices.patient(Map.of());

    @Test
    void aPageThatDoesNotAnswerIsGoneAndItsPeerHears(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, PATIENT, IMPATIENT)) {
            Pages pages = devices.connect();
            pages.phone().keepPongs();

            assertThat(pages.tv().hear("connection.closed").path("connection").asLong())
                    .isEqualTo(pages.tvConnection());
            pages.phone().awaitClose();
        }
    }

    @Test
    void aPageThatNeverReadsIsGoneTooAndThePlaceOfItFree(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, IMPATIENT, PATIENT)) {
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
        try (TwoDevices devices = new TwoDevices(folder, PATIENT, IMPATIENT)) {
            Pages pages = devices.connect();
            // Once for each time that it is asked is often enough, and leaves the processors to others.
            pages.phone().answerPings(id -> pages.phone().sendRawText(" ", false));
            pages.phone().sendRawText("{", false);

            pages.phone().awaitClose();
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
