package dev.lp2p;

import dev.lp2p.osp.transport.Connection;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Both directions of a transport's datagrams. */
final class TransportDatagrams implements WebTransportDatagramDuplexStream {

    private final TransportTraffic traffic;
    private final IncomingDatagrams incoming;
    private final OutgoingDatagrams outgoing;
    private volatile @Nullable Connection connection;

    TransportDatagrams(ConnectionContext context, TransportTraffic traffic) {
        this.traffic = traffic;
        this.incoming = new IncomingDatagrams(context);
        this.outgoing = new OutgoingDatagrams(context, traffic);
    }

    /** On the loop. */
    void attach(Connection attached) {
        connection = attached;
        outgoing.attach(attached);
    }

    /** On the loop. */
    void onDatagram(ByteBuf datagram) {
        traffic.receivedDatagram(datagram.readableBytes());
        incoming.add(datagram);
    }

    /** What has come can still be read; on the loop. */
    void finish(LP2PException refusal) {
        incoming.finish();
        outgoing.fail(refusal);
    }

    /** On the loop. */
    void fail(LP2PException failure) {
        incoming.fail(failure);
        outgoing.fail(failure);
    }

    WebTransportDatagramStats stats() {
        return new WebTransportDatagramStats(incoming.droppedCount(), incoming.expiredCount(), outgoing.expiredCount());
    }

    @Override
    public IncomingDatagrams readable() {
        return incoming;
    }

    @Override
    public OutgoingDatagrams writable() {
        return outgoing;
    }

    @Override
    public int maxDatagramSize() {
        Connection attached = connection;
        return attached == null ? 0 : attached.maxDatagramBytes();
    }

    @Override
    public int incomingHighWaterMark() {
        return incoming.highWaterMark();
    }

    @Override
    public void setIncomingHighWaterMark(int datagrams) {
        incoming.setHighWaterMark(checked(datagrams));
    }

    @Override
    public int outgoingHighWaterMark() {
        return outgoing.highWaterMark();
    }

    @Override
    public void setOutgoingHighWaterMark(int datagrams) {
        outgoing.setHighWaterMark(checked(datagrams));
    }

    @Override
    public Optional<Duration> incomingMaxAge() {
        return incoming.maxAge();
    }

    @Override
    public void setIncomingMaxAge(Optional<Duration> age) {
        incoming.setMaxAge(checked(age));
    }

    @Override
    public Optional<Duration> outgoingMaxAge() {
        return outgoing.maxAge();
    }

    @Override
    public void setOutgoingMaxAge(Optional<Duration> age) {
        outgoing.setMaxAge(checked(age));
    }

    private static Optional<Duration> checked(Optional<Duration> age) {
        if (age.filter(Duration::isNegative).isPresent()) {
            throw new LP2PException(LP2PException.Name.TYPE_ERROR, "A maximum age is not negative, as " + age.get());
        }
        return age;
    }

    private static int checked(int datagrams) {
        if (datagrams < 1 || datagrams > MAX_HIGH_WATER_MARK) {
            throw new LP2PException(
                    LP2PException.Name.TYPE_ERROR,
                    "A high-water mark is 1 to " + MAX_HIGH_WATER_MARK + ", not " + datagrams);
        }
        return datagrams;
    }
}
