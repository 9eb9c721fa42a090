package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.PeerConnectionListener;
import dev.lp2p.osp.session.SessionCloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A connection to a peer that the test plays. */
final class FakePeerConnection implements PeerConnection {

    final List<FakeDataChannel> opened = new ArrayList<>();
    boolean closed;

    private final OptionalLong id;
    private final Fingerprint peer;
    private final boolean isRequester;
    private final List<Runnable> early = new ArrayList<>();
    private @Nullable PeerConnectionListener listener;

    FakePeerConnection(Fingerprint peer, boolean isRequester) {
        this(OptionalLong.of(0), peer, isRequester);
    }

    FakePeerConnection(OptionalLong id, Fingerprint peer, boolean isRequester) {
        this.id = id;
        this.peer = peer;
        this.isRequester = isRequester;
    }

    /** The peer opens a channel, which waits where nobody listens yet. */
    FakeDataChannel open(int id, String label, String... messages) {
        FakeDataChannel channel = new FakeDataChannel(id, label, "");
        Runnable arrival = () -> {
            channel.setListener(listener().onDataChannel(channel));
            List.of(messages).forEach(channel::receive);
        };
        if (listener == null) {
            early.add(arrival);
        } else {
            arrival.run();
        }
        return channel;
    }

    /** The connection ends without our doing. */
    void end(SessionCloseReason reason) {
        if (listener != null) {
            listener.onClosed(reason);
        }
    }

    private PeerConnectionListener listener() {
        if (listener == null) {
            throw new AssertionError("Nobody hears this connection");
        }
        return listener;
    }

    @Override
    public OptionalLong id() {
        return id;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return peer;
    }

    @Override
    public String peerNickname() {
        return "Screen\u202e";
    }

    @Override
    public boolean isRequester() {
        return isRequester;
    }

    @Override
    public void setListener(PeerConnectionListener newListener) {
        listener = newListener;
        early.forEach(Runnable::run);
        early.clear();
    }

    @Override
    public DataChannel openDataChannel(int id, String label, String protocol, DataChannelListener itsListener) {
        FakeDataChannel channel = new FakeDataChannel(id, label, protocol);
        channel.setListener(itsListener);
        opened.add(channel);
        return channel;
    }

    @Override
    public void close() {
        closed = true;
    }
}
