package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.examples.Chat;
import dev.lp2p.examples.FileClient;
import dev.lp2p.examples.FileServer;
import dev.lp2p.examples.Phone;
import dev.lp2p.examples.Sensor;
import dev.lp2p.examples.SensorDisplay;
import dev.lp2p.examples.Tv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The programs that a Java programmer copies from do what they say, each on a host of its own. */
class ExamplesTest extends SystemTest {

    @Test
    void aPhoneTellsTheTvWhatToShow() {
        Example tv = start("tv", Tv.class).allow();
        tv.await("Waiting for devices.");

        Example phone = start("phone", Phone.class, "the news").choose("Living Room TV");
        phone.enterCodeOf(tv);
        tv.acceptPeer();

        tv.await("Now on: the news");
        phone.await("The TV says: Showing it.");
        assertThat(phone.process().exitStatus()).isZero();
    }

    @Test
    void twoPeopleChat() {
        Example ann = start("ann", Chat.class, "Ann", "wait").allow();
        Example bob = start("bob", Chat.class, "Bob", "call").choose("Ann");
        bob.enterCodeOf(ann);
        ann.acceptPeer();
        bob.await("is connected to");

        bob.say("Hello Ann");
        ann.await("> Hello Ann");
        ann.say("Hello Bob");
        bob.await("> Hello Bob");
        bob.say("");

        assertThat(bob.process().exitStatus()).isZero();
        ann.await("They left.");
    }

    @Test
    void aDisplayShowsWhatASensorMeasures() {
        Example sensor = start("sensor", Sensor.class).allow();
        Example display = start("display", SensorDisplay.class).choose("Thermometer");
        display.enterCodeOf(sensor);
        sensor.acceptPeer();

        for (int reading = 0; reading < 5; reading++) {
            display.await("degrees");
        }
    }

    @Test
    void aFileServerGivesItsFilesAndNoOthers() throws IOException {
        Path served = folder.resolve("served");
        Path fetched = Files.createDirectory(folder.resolve("fetched"));
        Path film = Samples.file(served.resolve("film.bin"), 3 * Samples.MIB);
        Samples.file(folder.resolve("secret.txt"), 10);
        Example server = start("server", FileServer.class, served.toString()).allow();
        Example client = start("client", FileClient.class, fetched.toString(), "film.bin", "../secret.txt")
                .choose("Files");
        client.enterCodeOf(server);
        server.acceptPeer();

        client.await("film.bin: " + 3 * Samples.MIB + " bytes");
        assertThat(client.process().exitStatus()).isNotZero();
        Samples.assertSame(fetched.resolve("film.bin"), film);
        assertThat(Samples.tree(fetched)).containsOnlyKeys("film.bin");
    }

    private Example start(String host, Class<?> program, String... arguments) {
        return Example.start(device(host), program, arguments);
    }
}
