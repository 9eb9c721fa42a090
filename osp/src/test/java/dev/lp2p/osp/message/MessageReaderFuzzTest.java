package dev.lp2p.osp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeds, and what a few thousand small changes make of each, cut in different places. */
class MessageReaderFuzzTest {

    private static final int MUTANTS_OF_EACH_SEED = 3000;
    private static final int MAX_PAYLOAD_BYTES = 4096;

    static Stream<Path> seeds() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(MessageReaderFuzzTest.class.getResource("seeds"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInputHasOneOutcomeHoweverItIsCutAndLeaksNothing(Path seed) throws IOException {
        byte[] original = ByteBufUtil.decodeHexDump(Files.readString(seed).strip());
        Random random = new Random(Arrays.hashCode(original));
        for (int i = 0; i < MUTANTS_OF_EACH_SEED; i++) {
            byte[] input = i == 0 ? original : mutate(original, random);
            List<String> whole = read(input, input.length);
            assertThat(read(input, 1)).as(ByteBufUtil.hexDump(input)).isEqualTo(whole);
            assertThat(read(input, 1 + random.nextInt(input.length + 1)))
                    .as(ByteBufUtil.hexDump(input))
                    .isEqualTo(whole);
        }
    }

    private static List<String> read(byte[] input, int pieceBytes) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        RecordingHandler handler = new RecordingHandler();
        MessageReader reader = new MessageReader(handler, key -> true, MAX_PAYLOAD_BYTES);
        for (int start = 0; start < input.length; start += pieceBytes) {
            int end = Math.min(input.length, start + pieceBytes);
            ByteBuf piece = allocator.heapBuffer(end - start).writeBytes(input, start, end - start);
            reader.feed(piece);
        }
        reader.finish();
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
        handler.messages.forEach(message -> handler.calls.add(
                message instanceof AuthSpake2Confirmation || message instanceof AuthSpake2Handshake
                        ? "bytes"
                        : message.toString()));
        return handler.calls;
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutant = original.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 -> mutant = Arrays.copyOf(mutant, Math.max(1, at));
                case 3 -> mutant[at] = INTERESTING[random.nextInt(INTERESTING.length)];
                default -> {
                    byte[] longer = Arrays.copyOf(mutant, mutant.length + 1);
                    System.arraycopy(mutant, at, longer, at + 1, mutant.length - at);
                    longer[at] = INTERESTING[random.nextInt(INTERESTING.length)];
                    mutant = longer;
                }
            }
        }
        return mutant;
    }

    /** Heads that open, close, tag, and announce much. */
    private static final byte[] INTERESTING = {
        0,
        0x1b,
        0x18,
        0x20,
        0x40,
        0x5b,
        0x5f,
        0x7f,
        (byte) 0x80,
        (byte) 0x9b,
        (byte) 0x9f,
        (byte) 0xa0,
        (byte) 0xbb,
        (byte) 0xbf,
        (byte) 0xc1,
        (byte) 0xd8,
        (byte) 0xf4,
        (byte) 0xf6,
        (byte) 0xf8,
        (byte) 0xfb,
        (byte) 0xff
    };
}
