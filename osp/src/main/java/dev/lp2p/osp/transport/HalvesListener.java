package dev.lp2p.osp.transport;

/**
 * Hears a stream whose two directions end each by itself. With any other listener a stream ends as a whole: a peer that
 * resets its direction, or asks us to stop, ends both.
 */
public interface HalvesListener extends StreamListener {

    /**
     * The peer reset its direction: nothing more is received, and what was not delivered is dropped. Ours goes on.
     *
     * @param errorCode the peer's, up to 2^62 - 1
     */
    void onReceivingReset(long errorCode);

    /**
     * The peer asked us to stop sending: what was not sent is dropped. The other direction goes on. The QUIC library
     * gives no code, and notices the request only when something is written: an idle stream does not hear of it.
     */
    void onSendingStopped();
}
