package dev.lp2p.gateway;

import dev.lp2p.LP2PException;
import dev.lp2p.WebTransport;
import dev.lp2p.WebTransportBidirectionalStream;
import dev.lp2p.WebTransportCloseInfo;
import dev.lp2p.WebTransportConnectionStats;
import dev.lp2p.WebTransportReceiveStream;
import dev.lp2p.WebTransportSendStream;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import dev.lp2p.gateway.GatewayMessage.PageStats;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page's transport, from before it has a connection until the last of its streams. What the peer's streams have brought
 * still reaches the page after the peer closed it, if the page reads it soon; after any other end nothing does, for what a
 * page never reads must not keep the end from it.
 */
final class PageTransport extends Thing {

    private static final double NANOSECONDS_OF_MILLISECOND =
            Duration.ofMillis(1).toNanos();

    private final OutgoingFlow flow;
    private final IncomingWindow window;
    private final Set<PageStream> streams = new LinkedHashSet<>();
    private final List<Runnable> onOver = new ArrayList<>();

    /** The taking of streams that goes on when some are gone. */
    private final List<Runnable> waitingForRoom = new ArrayList<>();

    private @Nullable WebTransport transport;
    private boolean isReady;
    private boolean isOver;
    private int ofPage;
    private int ofPeer;
    private int openQueries;

    /** Kinds of incoming streams of which more may come. */
    private int incomingKinds;

    /** What to tell the page at the end. */
    private FromAgent.@Nullable TransportClosed end;

    private boolean isCut;

    PageTransport(PageSession session, long number) {
        super(Category.TRANSPORT, session, number);
        this.flow = session.newFlow(number);
        this.window =
                new IncomingWindow(Limits.FLOW_WINDOW, bytes -> session.send(new FromAgent.Credit(number, bytes)));
    }

    /** Has somebody hear, once, when it is over or the page has closed it. */
    void onOver(Runnable listener) {
        onOver.add(listener);
    }

    /** The transport that the page is to get when it is ready. */
    void attach(WebTransport given) {
        transport = given;
        given.ready()
                .whenComplete((done, failure) -> session.run(() -> {
                    if (failure == null && !isOver) {
                        session.send(new FromAgent.TransportReady(
                                number, given.datagrams().maxDatagramSize()));
                        begin(given);
                    }
                }));
        watch(given);
    }

    /** A transport that the page knows is ready. */
    void take(WebTransport given) {
        transport = given;
        begin(given);
        watch(given);
    }

    /** There is none for it. */
    void fail(LP2PException failure) {
        session.send(closed(failure));
        over();
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.TransportClose close) {
            over();
            if (transport != null) {
                transport.close(new WebTransportCloseInfo(PageStream.codeForPeer(close.code()), close.reason()));
            }
        } else if (message instanceof FromPage.TransportStats query) {
            sendStats(query.query());
        } else if (message instanceof FromPage.StreamOpen open) {
            openStream(open);
        } else if (message instanceof FromPage.Credit credit) {
            flow.grant(credit.bytes());
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void receiveFrame(FrameKind kind, ByteBuf payload) {
        if (kind != FrameKind.DATAGRAM) {
            throw ProtocolViolation.badMessage("A transport takes datagrams only; streams have numbers of their own");
        }
        int bytes = payload.readableBytes();
        window.receive(bytes);
        WebTransport to = transport;
        if (to == null || !isReady) {
            used(bytes);
            return;
        }
        CompletableFuture<Void> write = to.datagrams().writable().write(payload.nioBuffer());
        if (write.isDone()) {
            used(bytes);
        } else {
            write.whenComplete((done, failure) -> session.run(() -> used(bytes)));
        }
    }

    @Override
    void abandon() {
        if (transport != null) {
            transport.close();
        }
    }

    /** The connection broke: nothing more is read. */
    void cut() {
        isCut = true;
        finishIfEnded();
    }

    void streamIsGone(PageStream stream) {
        if (streams.remove(stream)) {
            session.remove(stream);
            if (stream.isOfPage()) {
                ofPage--;
            } else {
                ofPeer--;
                List<Runnable> again = List.copyOf(waitingForRoom);
                waitingForRoom.clear();
                again.forEach(Runnable::run);
            }
            closeOnceEmpty();
        }
    }

    boolean isEnding() {
        return end != null || isOver;
    }

    private void begin(WebTransport given) {
        isReady = true;
        incomingKinds = 2;
        readDatagrams(given);
        takeStreams(() -> given.incomingBidirectionalStreams().read(), this::onBidirectional);
        takeStreams(() -> given.incomingUnidirectionalStreams().read(), this::onUnidirectional);
    }

    private void watch(WebTransport given) {
        given.draining()
                .whenComplete((done, failure) -> session.run(() -> {
                    if (failure == null && !isEnding()) {
                        session.send(new FromAgent.TransportDraining(number));
                    }
                }));
        given.closed()
                .whenComplete((info, failure) -> session.run(() -> {
                    end = failure == null
                            ? new FromAgent.TransportClosed(
                                    number,
                                    OptionalLong.of(PageStream.codeForPage(info.closeCode())),
                                    Optional.of(info.reason()),
                                    Optional.empty())
                            : closed(failure);
                    if (failure != null || isCut) {
                        finishIfEnded();
                        return;
                    }
                    session.runLater(session.drainingTime(), this::finishIfEnded);
                    List.copyOf(streams).forEach(PageStream::transportEnded);
                    closeOnceEmpty();
                }));
    }

    private FromAgent.TransportClosed closed(Throwable failure) {
        return new FromAgent.TransportClosed(
                number, OptionalLong.empty(), Optional.empty(), Optional.of(PageErrors.of(failure)));
    }

    private void openStream(FromPage.StreamOpen open) {
        WebTransport on = transport;
        if (on == null || !isReady) {
            throw ProtocolViolation.badMessage("A stream on a transport that is not ready");
        }
        if (ofPage >= Limits.STREAMS) {
            throw ProtocolViolation.tooMany(
                    "A transport has at most " + Limits.STREAMS + " streams of the page's making");
        }
        if (open.bidirectional()) {
            on.createBidirectionalStream()
                    .thenAccept(stream -> add(open.stream(), true, stream.readable(), stream.writable()));
        } else {
            on.createUnidirectionalStream().thenAccept(stream -> add(open.stream(), true, null, stream));
        }
    }

    private void onBidirectional(WebTransportBidirectionalStream stream) {
        long itsNumber = session.newNumber();
        session.send(new FromAgent.StreamIncoming(number, itsNumber, true));
        add(itsNumber, false, stream.readable(), stream.writable());
    }

    private void onUnidirectional(WebTransportReceiveStream stream) {
        long itsNumber = session.newNumber();
        session.send(new FromAgent.StreamIncoming(number, itsNumber, false));
        add(itsNumber, false, stream, null);
    }

    private void add(
            long itsNumber,
            boolean isOfPage,
            @Nullable WebTransportReceiveStream readable,
            @Nullable WebTransportSendStream writable) {
        PageStream stream = new PageStream(session, this, itsNumber, isOfPage, readable, writable);
        session.add(stream);
        streams.add(stream);
        if (isOfPage) {
            ofPage++;
        } else {
            ofPeer++;
        }
        stream.begin();
    }

    /** Takes one after another, while there is room. */
    private <S> void takeStreams(Supplier<CompletableFuture<Optional<S>>> source, StreamTaker<S> taker) {
        if (ofPeer >= Limits.STREAMS) {
            waitingForRoom.add(() -> takeStreams(source, taker));
            return;
        }
        source.get()
                .whenComplete((stream, failure) -> session.run(() -> {
                    if (isOver) {
                        return;
                    }
                    if (failure != null || stream.isEmpty()) {
                        incomingKinds--;
                        closeOnceEmpty();
                        return;
                    }
                    taker.take(stream.get());
                    takeStreams(source, taker);
                }));
    }

    private void readDatagrams(WebTransport from) {
        from.datagrams()
                .readable()
                .read()
                .whenComplete((datagram, failure) -> session.run(() -> {
                    if (failure == null && datagram.isPresent() && !isEnding()) {
                        // One for which the page has no credit is dropped, as datagrams are.
                        flow.offer(FrameKind.DATAGRAM, datagram.get());
                        readDatagrams(from);
                    }
                }));
    }

    private void used(int bytes) {
        window.use(bytes);
    }

    private void sendStats(long query) {
        WebTransport of = transport;
        if (of == null) {
            return;
        }
        if (openQueries >= Limits.STATS_QUERIES) {
            throw ProtocolViolation.tooMany(
                    "A transport answers at most " + Limits.STATS_QUERIES + " questions for its statistics at a time");
        }
        openQueries++;
        of.getStats()
                .whenComplete((stats, failure) -> session.run(() -> {
                    openQueries--;
                    if (failure == null && !isOver) {
                        session.send(new FromAgent.TransportStats(number, query, forPage(stats)));
                    }
                }));
    }

    private static PageStats forPage(WebTransportConnectionStats stats) {
        return new PageStats(
                stats.bytesSent(),
                stats.packetsSent(),
                stats.bytesLost(),
                stats.packetsLost(),
                stats.bytesReceived(),
                stats.packetsReceived(),
                stats.smoothedRtt().toNanos() / NANOSECONDS_OF_MILLISECOND,
                stats.estimatedSendRate());
    }

    private void closeOnceEmpty() {
        if (!isReady || (incomingKinds == 0 && streams.isEmpty())) {
            finishIfEnded();
        }
    }

    private void finishIfEnded() {
        FromAgent.TransportClosed last = end;
        if (last != null && !isOver) {
            session.send(last);
            over();
        }
    }

    private void over() {
        isOver = true;
        flow.end();
        List.copyOf(streams).forEach(stream -> {
            stream.abandon();
            session.remove(stream);
        });
        streams.clear();
        session.remove(this);
        List.copyOf(onOver).forEach(Runnable::run);
        onOver.clear();
    }

    private interface StreamTaker<S> {

        void take(S stream);
    }
}
