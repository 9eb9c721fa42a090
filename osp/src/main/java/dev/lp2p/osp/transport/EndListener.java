package dev.lp2p.osp.transport;

/** Hears of the streams that this side finished, and whose end the peer may not learn of by QUIC. */
public interface EndListener {

    /**
     * FIN was sent apart from the last bytes of a stream. The QUIC library forgets a stream once all its bytes are
     * acknowledged, though its FIN is not (cloudflare/quiche issue 2525): if the packet is lost that has the FIN alone,
     * nobody sends it again. The peer has to be told in another way, {@link Connection#onPeerEnd}.
     *
     * @param bytes all that was sent on the stream, at least 1
     */
    void onEndSentApart(long streamId, long bytes);
}
