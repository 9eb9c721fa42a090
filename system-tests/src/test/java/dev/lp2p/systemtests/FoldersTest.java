package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Folders cross as they are, less what could reach outside. */
class FoldersTest extends SystemTest {

    private static final int MANY = 2000;

    @Test
    void aFolderWithManySmallFilesArrivesWhole() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        for (int i = 0; i < MANY; i++) {
            Samples.file(folder.resolve("photos/" + i % 20 + "/Bild " + i + ".jpg"), i);
        }
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        Command sending = sendWithCode(laptop, folder.resolve("photos"), "Living Room", receiving);

        assertThat(sending.exitStatus()).isZero();
        assertThat(Samples.tree(tv.inbox().resolve("photos"))).isEqualTo(Samples.tree(folder.resolve("photos")));
        assertThat(sending.events("sent")).hasSize(MANY);
        assertThat(sending.events("done").get(0).get("files").asInt()).isEqualTo(MANY);
    }

    @Test
    void aSymbolicLinkInTheFolderIsNotFollowed() throws IOException {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path secret = Samples.file(folder.resolve("secret.txt"), 10);
        Samples.file(folder.resolve("photos/one.jpg"), 100);
        Files.createSymbolicLink(folder.resolve("photos/link.jpg"), secret);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        Command sending = sendWithCode(laptop, folder.resolve("photos"), "Living Room", receiving);

        sending.exitStatus();
        assertThat(Samples.tree(tv.inbox())).containsOnlyKeys("photos/one.jpg");
    }
}
