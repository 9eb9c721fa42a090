package dev.lp2p;

import dev.lp2p.osp.transport.HalvesListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of a transport, of one direction or two, between the loop and the program. */
final class DuplexStream implements HalvesListener, WebTransportBidirectionalStream {

    private final @Nullable IncomingBytes readable;
    private final @Nullable OutgoingBytes writable;

    private DuplexStream(@Nullable IncomingBytes readable, @Nullable OutgoingBytes writable) {
        this.readable = readable;
        this.writable = writable;
    }

    /** A stream that is opened here. */
    static DuplexStream outgoing(ConnectionContext context, TransportTraffic traffic, boolean isBidirectional) {
        return new DuplexStream(
                isBidirectional ? new IncomingBytes(context, traffic, false) : null,
                new OutgoingBytes(context, traffic));
    }

    /** A stream that the peer opened, which is not read before {@link #accept()}; on the loop. */
    static DuplexStream incoming(ConnectionContext context, TransportTraffic traffic, TransportStream stream) {
        DuplexStream incoming = new DuplexStream(
                new IncomingBytes(context, traffic, true),
                stream.isBidirectional() ? new OutgoingBytes(context, traffic) : null);
        incoming.attach(stream);
        return incoming;
    }

    /** On the loop. */
    void attach(TransportStream stream) {
        if (readable != null) {
            readable.attach(stream);
        }
        if (writable != null) {
            writable.attach(stream);
        }
    }

    /** The program has the stream. */
    void accept() {
        readable().accept();
    }

    /** The program does not want it. */
    void refuse() {
        readable().cancel();
        if (writable != null) {
            writable.abort(0);
        }
    }

    @Override
    public IncomingBytes readable() {
        return Objects.requireNonNull(readable);
    }

    @Override
    public OutgoingBytes writable() {
        return Objects.requireNonNull(writable);
    }

    @Override
    public void onData(ByteBuf data) {
        readable().onData(data);
    }

    @Override
    public void onFinished() {
        readable().onFinished();
    }

    @Override
    public void onDrained() {
        writable().settle();
    }

    @Override
    public void onReceivingReset(long errorCode) {
        readable()
                .fail(LP2PException.ofStream(
                        "The peer gave the stream up with the code " + errorCode + "; what it sent is not whole",
                        errorCode));
    }

    @Override
    public void onSendingStopped() {
        writable()
                .fail(new LP2PException(
                        LP2PException.Name.WEB_TRANSPORT_ERROR, "The peer stopped reading this stream; stop sending"));
    }

    @Override
    public void onReset(long errorCode) {
        LP2PException ended = new LP2PException(
                LP2PException.Name.WEB_TRANSPORT_ERROR,
                "The transport ended before the stream did; its closed() says why");
        if (readable != null) {
            readable.fail(ended);
        }
        if (writable != null) {
            writable.fail(ended);
        }
    }
}
