package dev.lp2p.osp.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.TypeKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFrameTest {

    private static final int MAX_PAYLOAD = 1 << 20;

    private final List<String> calls = new ArrayList<>();
    private byte[] lastPayload = new byte[0];
    private final ByteArrayOutputStream blob = new ByteArrayOutputStream();
    private int chunks;
    private final MessageReader reader = new MessageReader(new Recorder(), key -> true, MAX_PAYLOAD);

    @ParameterizedTest
    @CsvSource({
        "0, 18a2000204 40",
        "23, 18a2000204 57",
        "24, 18a2000204 5818",
        "255, 18a2000204 58ff",
        "256, 18a2000204 590100",
        "65535, 18a2000204 59ffff",
        "65536, 18a2000204 5a00010000"
    })
    void isEncodedAsTheSpecificationSays(int length, String header) {
        ByteBuf frame = DataFrame.encode(
                UnpooledByteBufAllocator.DEFAULT, DataEncoding.ARRAY_BUFFER, ByteBuffer.allocate(length));
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(header.replace(" ", "") + "00".repeat(length));
        assertThat(frame.readableBytes() - length).isLessThanOrEqualTo(DataFrame.HEADER_MAX_BYTES);
        frame.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24, 1000, 70_000, 300_000, MAX_PAYLOAD})
    void comesBackWholeHoweverItIsCut(int length) {
        byte[] payload = new byte[length];
        Random random = new Random(length);
        random.nextBytes(payload);
        ByteBuf frame =
                DataFrame.encode(UnpooledByteBufAllocator.DEFAULT, DataEncoding.ARRAY_BUFFER, ByteBuffer.wrap(payload));
        while (frame.isReadable()) {
            assertThat(calls).isEmpty();
            int bytes = Math.min(frame.readableBytes(), 1 + random.nextInt(length < 2000 ? 3 : 17_000));
            reader.feed(frame.readRetainedSlice(bytes));
        }
        frame.release();
        assertThat(calls).containsExactly("ARRAY_BUFFER");
        assertThat(lastPayload).isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource({
        "18a2 0000 045f 5a00000002 0a0b 5a00000001 0c ff, -, in chunks as we send it",
        "18a2 0000 045f 410a 40 420b0c ff, -, in other chunks and an empty one",
        "18a2 0000 04430a0b0c, 3, of definite length",
        "18a2 04430a0b0c 0000, 3, payload first",
        "18a2 045f410a420b0cff 0000, -, payload in chunks first",
        "18bf 0000 045f410a420b0cff ff, -, in a map of indefinite length",
        "18a3 0000 04430a0b0c 6178 f5, 3, an extension behind it"
    })
    void aBlobIsAnnouncedThenComesAsItArrives(String hex, String size, String why) {
        byte[] bytes = ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
        for (byte next : bytes) {
            reader.feed(Unpooled.buffer().writeByte(next));
        }
        assertThat(calls).as(why).containsExactly("blob " + size, "end of blob");
        assertThat(blob.toByteArray()).as(why).containsExactly(10, 11, 12);
        blob.reset();
        reader.feed(Unpooled.copiedBuffer(bytes));
        reader.finish();
        assertThat(calls).as("and the next frame follows").hasSize(4);
        assertThat(blob.toByteArray()).as(why).containsExactly(10, 11, 12);
    }

    @Test
    void anEmptyBlobBeginsAndEnds() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18a200000440" + "18a20000045fff")));
        assertThat(calls).containsExactly("blob 0", "end of blob", "blob -", "end of blob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18a20000045b7fffffffffffffff", "18a20000045f5b7fffffffffffffff"})
    void aBlobLongerThanAnyCapCostsNoMoreThanWhatArrivesAtOnce(String announced) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        reader.feed(allocator.buffer().writeBytes(ByteBufUtil.decodeHexDump(announced)));
        for (int i = 0; i < 100; i++) {
            reader.feed(allocator.buffer(MAX_PAYLOAD).writeZero(MAX_PAYLOAD));
            assertThat(allocator.metric().usedHeapMemory()).isZero();
            blob.reset();
        }
        assertThat(calls).hasSize(1).first().asString().startsWith("blob ");
    }

    @Test
    void tinyChunksThatArriveTogetherAreHandedOnTogether() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18a20000045f" + "4101".repeat(1000))));
        assertThat(chunks).isEqualTo(1);
        assertThat(blob.size()).isEqualTo(1000);
    }

    @Test
    void aBlobWhosePayloadComesFirstStaysUnderTheCapOfOtherFrames() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18a2045a00100001")));
        assertThat(calls).containsExactly("malformed DATA_FRAME");
    }

    @Test
    void aBlobThatIsCutShortHasNoEnd() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18a20000045f420a0b")));
        reader.finish();
        assertThat(calls).containsExactly("blob -", "malformed DATA_FRAME");
    }

    @Test
    void aHandlerMayCloseTheReaderInTheMiddleOfABlob() {
        MessageReader[] closing = new MessageReader[1];
        closing[0] = new MessageReader(
                new Recorder() {
                    @Override
                    public void onBlobStart(OptionalLong size) {
                        super.onBlobStart(size);
                        closing[0].close();
                    }
                },
                key -> true);
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        closing[0].feed(allocator.buffer().writeBytes(ByteBufUtil.decodeHexDump("18a20000045f420a0bff")));
        assertThat(calls).containsExactly("blob -");
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void ourBlobIsChunksOfAByteStringOfIndefiniteLength() {
        ByteBuf chunk = Unpooled.buffer().writeZero(DataFrame.CHUNK_HEAD_BYTES).writeBytes(new byte[] {10, 11});
        DataFrame.setChunkHead(chunk);
        ByteBuf frame = Unpooled.wrappedBuffer(
                DataFrame.encodeBlobStart(UnpooledByteBufAllocator.DEFAULT),
                chunk,
                DataFrame.encodeBlobEnd(UnpooledByteBufAllocator.DEFAULT));
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("18a20000045f" + "5a00000002" + "0a0b" + "ff");
        frame.release();
    }

    @ParameterizedTest
    @CsvSource({
        "18a2 04430a0b0c 0001, keys in another order",
        "18bf 0001 04430a0b0c ff, a map of indefinite length",
        "18a2 0001 045f410a40420b0cff, a payload in chunks",
        "18bf 045f410a420b0cff 0001 ff, both",
        "18a6 0001 0105 021903e8 0300 04430a0b0c 05821900011864, streaming's keys",
        "18a3 0001 6478787878 a0 04430a0b0c, an extension",
        "4018a2 0001 04 5a000000030a0b0c, longer forms than needed"
    })
    void acceptsWhatTheEncodingLeavesOpen(String hex, String why) {
        byte[] bytes = ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
        for (byte next : bytes) {
            reader.feed(Unpooled.buffer().writeByte(next));
        }
        assertThat(calls).as(why).containsExactly("STRING");
        assertThat(lastPayload).as(why).isEqualTo(new byte[] {10, 11, 12});
        reader.feed(Unpooled.copiedBuffer(bytes));
        reader.finish();
        assertThat(calls).as("and the next frame follows").containsExactly("STRING", "STRING");
    }

    @ParameterizedTest
    @CsvSource({
        "18a1 0001, no payload",
        "18a1 0440, no encoding-id",
        "18bfff, nothing",
        "1880, an array",
        "18a2 0001 0460, a text as the payload",
        "18a2 0003 0440, an unknown encoding",
        "18a3 0001 0001 0440, the encoding twice",
        "18a3 0440 0440 0001, the payload twice",
        "18a2 0001 045f60ff, a text among the chunks",
        "18a2 0001 045b8000000000000000, a payload beyond all",
        "18a2 0001 045a00100001, a payload over the cap",
        "18a2 0001 045f5a00100001, a chunk over the cap",
        "18a2 0001 045f5a00100000, nothing yet",
        "18a2 0a590400, a header over the cap"
    })
    void refusesWhatIsNoFrame(String hex, String why) {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
        reader.finish();
        assertThat(calls).as(why).containsExactly("malformed DATA_FRAME");
    }

    @Test
    void chunksTogetherStayUnderTheCap() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18a20001045f5a00100000")));
        reader.feed(Unpooled.wrappedBuffer(new byte[MAX_PAYLOAD]));
        assertThat(calls).isEmpty();
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("4100")));
        assertThat(calls).containsExactly("malformed DATA_FRAME");
    }

    @Test
    void anAnnouncedPayloadCostsOnlyWhatArrived() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        MessageReader large = new MessageReader(new Recorder(), key -> true);
        ByteBuf start = allocator.buffer();
        DataFrame.writeHeader(start, DataEncoding.STRING, MessageReader.DEFAULT_MAX_PAYLOAD_BYTES);
        large.feed(start.writeByte(1));
        assertThat(allocator.metric().usedHeapMemory()).isLessThan(1 << 20);
        large.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void manyEntriesInAHeaderStayUnderItsCap() {
        reader.feed(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("18bf" + "0a00".repeat(600))));
        assertThat(calls).containsExactly("malformed DATA_FRAME");
    }

    private class Recorder implements MessageReader.Handler {
        @Override
        public void onBlobStart(OptionalLong size) {
            calls.add("blob " + (size.isPresent() ? size.getAsLong() : "-"));
        }

        @Override
        public void onBlobChunk(ByteBuf chunk) {
            chunks++;
            blob.writeBytes(ByteBufUtil.getBytes(chunk));
            chunk.release();
        }

        @Override
        public void onBlobEnd() {
            calls.add("end of blob");
        }

        @Override
        public void onDataFrame(DataEncoding encoding, ByteBuf payload) {
            lastPayload = ByteBufUtil.getBytes(payload);
            payload.release();
            calls.add(encoding.name());
        }

        @Override
        public void onMessage(Message message) {
            calls.add(message.toString());
        }

        @Override
        public void onUnknownTypeKey(long typeKey) {
            calls.add("unknown " + typeKey);
        }

        @Override
        public void onRefused(TypeKey typeKey) {
            calls.add("refused " + typeKey);
        }

        @Override
        public void onMalformed(MalformedMessage problem) {
            calls.add("malformed " + problem.typeKey());
        }
    }
}
