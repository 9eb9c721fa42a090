package dev.lp2p;

import java.util.function.Function;

/** Streams that the peer made and the program has not taken, which are not read; QUIC limits how many there can be. */
final class IncomingStreams<R> extends ReadQueue<DuplexStream, R> {

    private final Function<DuplexStream, R> view;

    IncomingStreams(ConnectionContext context, Function<DuplexStream, R> view) {
        super(context.listeners());
        this.view = view;
    }

    @Override
    R give(DuplexStream stream) {
        return view.apply(stream);
    }

    @Override
    void given(DuplexStream stream) {
        stream.accept();
    }

    @Override
    void dropped(DuplexStream stream) {
        stream.refuse();
    }
}
