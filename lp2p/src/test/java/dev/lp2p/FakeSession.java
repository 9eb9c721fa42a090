package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session with a peer that the test plays. */
final class FakeSession implements Session {

    final List<FakeDataChannel> opened = new ArrayList<>();

    @Nullable SessionCloseReason closed;

    private final Fingerprint peer;
    private final String peerName;
    private final boolean isClient;
    private @Nullable SessionListener listener;

    FakeSession(Fingerprint peer, String peerName) {
        this(peer, peerName, true);
    }

    FakeSession(Fingerprint peer, String peerName, boolean isClient) {
        this.isClient = isClient;
        this.peer = peer;
        this.peerName = peerName;
    }

    SessionListener listener() {
        if (listener == null) {
            throw new AssertionError("Nobody hears this session");
        }
        return listener;
    }

    /** The peer opens a channel. */
    FakeDataChannel open(int id, String label) {
        FakeDataChannel channel = new FakeDataChannel(id, label, "");
        channel.setListener(listener().onDataChannel(channel));
        return channel;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return peer;
    }

    @Override
    public AgentInfo peerInfo() {
        return new AgentInfo(peerName, "", Set.of(), "abcdefgh", List.of());
    }

    @Override
    public boolean isClient() {
        return isClient;
    }

    @Override
    public void setListener(SessionListener listener) {
        this.listener = listener;
    }

    @Override
    public DataChannel openDataChannel(int id, String label, String protocol, DataChannelListener itsListener) {
        FakeDataChannel channel = new FakeDataChannel(id, label, protocol);
        channel.setListener(itsListener);
        opened.add(channel);
        return channel;
    }

    @Override
    public void close(SessionCloseReason reason) {
        closed = reason;
    }
}
