package dev.lp2p;

import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** A stream whose network the test plays: it takes what is written only when it is told to. */
final class FakeTransportStream implements TransportStream {

    final StringBuilder written = new StringBuilder();
    boolean reading = true;
    boolean finished;
    long resetSending = -1;
    long stopReceiving = -1;
    private final boolean bidirectional;
    private long pending;

    FakeTransportStream(boolean bidirectional) {
        this.bidirectional = bidirectional;
    }

    /** The network takes everything. */
    void take() {
        pending = 0;
    }

    @Override
    public boolean isBidirectional() {
        return bidirectional;
    }

    @Override
    public OptionalLong id() {
        return OptionalLong.empty();
    }

    @Override
    public void write(ByteBuf data) {
        pending += data.readableBytes();
        written.append(data.toString(StandardCharsets.UTF_8));
        data.release();
    }

    @Override
    public long pendingBytes() {
        return pending;
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void reset(long errorCode) {
        throw new AssertionError("The directions of a transport's stream end each by itself");
    }

    @Override
    public void resetSending(long errorCode) {
        resetSending = errorCode;
    }

    @Override
    public void stopReceiving(long errorCode) {
        stopReceiving = errorCode;
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
    }
}
