package dev.lp2p.osp.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class UnfinishedBytesTest {

    private static final int PAYLOAD_BYTES = 1000;

    private final RecordingHandler handler = new RecordingHandler();
    private final UnfinishedBytes unfinished = new UnfinishedBytes(2 * PAYLOAD_BYTES);

    @Test
    void messagesThatAPeerBeginsOnManyStreamsAreBoundedTogether() {
        MessageReader first = begin();
        MessageReader second = begin();
        MessageReader third = begin();
        assertThat(handler.calls).containsExactly("malformed DATA_FRAME: too much is unfinished at a time");

        first.feed(Unpooled.wrappedBuffer(new byte[PAYLOAD_BYTES]));
        second.close();
        third.close();
        begin().close();
        begin();
        begin();
        assertThat(handler.calls).hasSize(2);
    }

    @Test
    void namesOfChannelsCountAsWell() {
        byte[] halfAnOpenRequest = new byte[PAYLOAD_BYTES];
        ByteBuf bytes = Unpooled.buffer();
        VarInt.write(bytes, TypeKey.DATA_CHANNEL_OPEN_REQUEST.value());
        bytes.writeBytes(new byte[] {(byte) 0xa1, 2, 0x79, (byte) 0xff, (byte) 0xff})
                .writeBytes(halfAnOpenRequest);
        for (int i = 0; i < 2; i++) {
            reader().feed(bytes.copy());
        }
        assertThat(handler.calls)
                .containsExactly("malformed DATA_CHANNEL_OPEN_REQUEST: too much is unfinished at a time");
        bytes.release();
    }

    private MessageReader begin() {
        MessageReader reader = reader();
        ByteBuf header = Unpooled.buffer();
        DataFrame.writeHeader(header, DataEncoding.ARRAY_BUFFER, PAYLOAD_BYTES);
        reader.feed(header);
        return reader;
    }

    private MessageReader reader() {
        return new MessageReader(handler, key -> true, unfinished);
    }
}
