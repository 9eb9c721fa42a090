package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.Connection;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection of a session, wherever it came from. */
final class SessionConnection implements PeerConnection {

    private final OptionalLong id;
    private final Fingerprint peer;
    private final String peerNickname;
    private final boolean isRequester;
    private final DataChannels sessionChannels;
    private final ConnectionChannels channels;
    private final Consumer<SessionConnection> onClosedHere;
    private @Nullable PeerConnectionListener listener;
    private @Nullable SessionCloseReason closedBecause;

    /** @param onClosedHere tells the peer */
    SessionConnection(
            OptionalLong id,
            Fingerprint peer,
            String peerNickname,
            boolean isRequester,
            DataChannels sessionChannels,
            Consumer<SessionConnection> onClosedHere) {
        this.id = id;
        this.peer = peer;
        this.peerNickname = peerNickname;
        this.isRequester = isRequester;
        this.sessionChannels = sessionChannels;
        this.channels = sessionChannels.ofConnection(id, this::onDataChannel);
        this.onClosedHere = onClosedHere;
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
        return peerNickname;
    }

    @Override
    public boolean isRequester() {
        return isRequester;
    }

    @Override
    public void setListener(PeerConnectionListener connectionListener) {
        listener = connectionListener;
        if (closedBecause != null) {
            connectionListener.onClosed(closedBecause);
        } else {
            sessionChannels.startAccepting();
            sessionChannels.onConnectionsChanged();
        }
    }

    @Override
    public DataChannel openDataChannel(
            int channelId, String label, String protocol, DataChannelListener channelListener) {
        if (closedBecause != null) {
            throw new IllegalStateException("The connection has ended");
        }
        return channels.open(channelId, label, protocol, channelListener);
    }

    @Override
    public void close() {
        if (closedBecause == null) {
            onClosedHere.accept(this);
            abort(SessionCloseReason.CLOSED_HERE);
        }
    }

    /** The channels, once somebody hears of them. */
    @Nullable ConnectionChannels channels() {
        return listener == null ? null : channels;
    }

    void onTransport(Connection transport) {
        if (listener == null) {
            transport.refuse();
        } else {
            listener.onTransport(transport);
        }
    }

    /** One of the two sides closed the connection, while the session goes on. */
    void abort(SessionCloseReason reason) {
        if (closedBecause == null) {
            closedBecause = reason;
            channels.abort();
            tell(reason);
        }
    }

    /** The session ended. */
    void end(SessionCloseReason reason) {
        if (closedBecause == null) {
            closedBecause = reason;
            channels.end(toChannelReason(reason));
            tell(reason);
        }
    }

    static DataChannelListener.Reason toChannelReason(SessionCloseReason reason) {
        return reason == SessionCloseReason.NETWORK_LOST || reason == SessionCloseReason.REPLACED
                ? DataChannelListener.Reason.NETWORK_LOST
                : DataChannelListener.Reason.ABORTED;
    }

    private void tell(SessionCloseReason reason) {
        if (listener != null) {
            listener.onClosed(reason);
        }
    }

    private DataChannelListener onDataChannel(DataChannel channel) {
        if (listener == null) {
            throw new IllegalStateException("Channels are accepted only once there is a listener");
        }
        return listener.onDataChannel(channel);
    }
}
