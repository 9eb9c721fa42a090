package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lp2p.agent.browser.Chromium;
import dev.lp2p.testkit.hosts.Addressing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The first thing that a person runs. */
class TryTest extends SystemTest {

    private static final Duration BROWSER_PATIENCE = Duration.ofMinutes(2);

    @Test
    void itWorksWithoutANetwork() {
        Command trying = device("alone", Addressing.LOOPBACK_ONLY).lp2p("try");

        assertThat(trying.exitStatus()).isZero();
        assertThat(trying.events("sent").get(0).get("sha256"))
                .isEqualTo(trying.events("received").get(0).get("sha256"));
    }

    @Test
    void nothingOfItReachesTheNetwork() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Command watching = tv.watch();
        watching.process().errors().await("that it looks", line -> !line.isBlank());

        assertThat(laptop.lp2p("try").exitStatus()).isZero();

        // Who came later and was seen shows that what came before would have been.
        laptop.receive("Laptop").awaitEvent("ready");
        watching.awaitEvent("found", event -> event.get("name").asText().equals("Laptop"));
        assertThat(watching.events("found")).hasSize(1);
    }

    @Test
    void itSendsTheFilesThatAreNamedAndLeavesThemAsTheyAre() {
        Path note = Samples.file(folder.resolve("note.txt"), 1000);

        Command trying = device("alone", Addressing.LOOPBACK_ONLY).lp2p("try", note.toString());

        assertThat(trying.exitStatus()).isZero();
        assertThat(trying.events("received").get(0).get("path").asText()).endsWith("note.txt");
        assertThat(note).hasSize(1000);
    }

    @Test
    void pagesTalkInABrowserWithoutWindowsAndPicturesOfThemStay() throws IOException {
        assumeTrue(Chromium.find().isPresent(), "there is no Chromium");

        Command trying = device("alone", Addressing.LOOPBACK_ONLY).lp2p("try", "--web", "--no-windows");

        assertThat(trying.exitStatus(BROWSER_PATIENCE))
                .as(() -> trying.process().errors().all().toString())
                .isZero();
        List<Path> pictures = trying.events("picture").stream()
                .map(event -> Path.of(event.get("path").asText()))
                .toList();
        assertThat(pictures).hasSize(4).allSatisfy(picture -> {
            BufferedImage shown = ImageIO.read(picture.toFile());
            assertThat(shown.getWidth()).isPositive();
            Files.delete(picture);
        });
        Files.delete(pictures.get(0).getParent());
    }
}
