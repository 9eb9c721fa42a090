package dev.lp2p;

import dev.lp2p.osp.transport.Connection;

/** Transports that wait to be taken from a listener. */
final class IncomingTransports extends ReadQueue<TransportEngine, LP2PQuicTransport> {

    /** Past this they go elsewhere. */
    static final int MAX_WAITING = 8;

    private final ConnectionContext context;
    private volatile Runnable onCancelled = () -> {};

    IncomingTransports(ConnectionContext context) {
        super(context.listeners());
        this.context = context;
    }

    void onCancelled(Runnable task) {
        onCancelled = task;
    }

    /**
     * Takes a connection that the peer dialled, if there is room; on the loop.
     *
     * @return null if it was not taken
     */
    @org.jspecify.annotations.Nullable TransportEngine offer(Connection connection) {
        if (isEnded() || size() >= MAX_WAITING) {
            return null;
        }
        TransportEngine engine = new TransportEngine(context);
        engine.take(connection);
        add(engine);
        return engine;
    }

    @Override
    public void cancel() {
        super.cancel();
        onCancelled.run();
    }

    @Override
    LP2PQuicTransport give(TransportEngine engine) {
        return new LP2PQuicTransport(engine);
    }

    @Override
    void dropped(TransportEngine engine) {
        engine.close();
    }
}
