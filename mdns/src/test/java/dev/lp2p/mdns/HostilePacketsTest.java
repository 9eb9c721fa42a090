package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a host of the link sends, the loop goes on and services are found. A failed task fails the test. */
class HostilePacketsTest {

    private static final int MUTATIONS_OF_SEED = 100;

    private final Network network = new Network();

    static List<Path> seeds() {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(HostilePacketsTest.class.getResource("packets"), "no seeds")
                        .toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPacketAndItsMutationsDoNoHarm(Path seed) throws IOException {
        byte[] packet = Files.readAllBytes(seed);
        Random random = new Random(packet.length);
        network.host().register("Living Room");
        Network.Node browser = network.host();
        Network.Found found = browser.browse();
        network.advance(Duration.ofSeconds(3));

        network.link.inject("10.77.0.99", Protocol.PORT, packet);
        network.link.inject("10.77.0.99", 40000, packet);
        for (int i = 0; i < MUTATIONS_OF_SEED; i++) {
            network.link.inject("10.77.0.99", Protocol.PORT, mutate(packet, random));
            network.advanceMillis(5);
        }
        network.advance(Duration.ofMinutes(1));
        network.host().register("Kitchen");
        network.advance(Duration.ofMinutes(1));

        assertThat(found.events).contains("+Living Room", "+Kitchen");
        assertThat(browser.dns().engine().discovery().cachedRecords())
                .isLessThanOrEqualTo(Protocol.MAX_CACHED_RECORDS_OF_SOURCE + 20);
    }

    @Test
    void noiseIsDroppedAndCounted() {
        Random random = new Random(6762);
        Network.Node node = network.host();
        for (int i = 0; i < 5000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            network.link.inject("10.77.0.99", Protocol.PORT, noise);
            network.loop.advance(Duration.ofMillis(1));
        }

        assertThat(node.dns().engine().droppedPackets()).isGreaterThan(4000);
    }

    @Test
    void aHeaderThatPromisesMoreThanThePacketHoldsIsNotParsed() {
        byte[] question = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1};
        byte[] promises = question.clone();
        promises[11] = 1;

        assertThat(DnsMessage.parse(question)).isPresent();
        assertThat(DnsMessage.parse(promises)).isEmpty();
        assertThat(DnsMessage.parse(new byte[11])).isEmpty();
    }

    @Test
    void packetsThatComeFasterThanTheyAreReadAreDroppedBeforeTheyFillTheMemory() {
        Network.Node node = network.host();
        for (int i = 0; i < 10 * Protocol.MAX_WAITING_PACKETS; i++) {
            network.link.inject("10.77.0.99", Protocol.PORT, new byte[1]);
        }
        network.advance(Duration.ofSeconds(1));

        assertThat(node.dns().engine().droppedPackets()).isEqualTo(Protocol.MAX_WAITING_PACKETS);
    }

    private static byte[] mutate(byte[] packet, Random random) {
        byte[] mutated = packet.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0 && mutated.length > 0; flips--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        boolean cut = random.nextInt(4) == 0 && mutated.length > 0;
        return cut ? Arrays.copyOf(mutated, random.nextInt(mutated.length)) : mutated;
    }
}
