package dev.lp2p.osp.message;

import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Writes down what a reader says. */
class RecordingHandler implements MessageReader.Handler {

    /** One line for each call, in order; one for a whole Blob. */
    final List<String> calls = new ArrayList<>();

    private final StringBuilder blob = new StringBuilder();

    final List<Message> messages = new ArrayList<>();

    @Override
    public void onMessage(Message message) {
        messages.add(message);
        calls.add("message " + message.typeKey());
    }

    @Override
    public void onDataFrame(DataEncoding encoding, ByteBuf payload) {
        calls.add("frame " + encoding + " " + ByteBufUtil.hexDump(payload));
        payload.release();
    }

    @Override
    public void onBlobStart(OptionalLong size) {
        blob.setLength(0);
        blob.append("blob of ").append(size).append(' ');
    }

    @Override
    public void onBlobChunk(ByteBuf chunk) {
        blob.append(ByteBufUtil.hexDump(chunk));
        chunk.release();
    }

    @Override
    public void onBlobEnd() {
        calls.add(blob.toString());
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
        calls.add("malformed " + problem.typeKey() + ": " + problem.reason());
    }
}
