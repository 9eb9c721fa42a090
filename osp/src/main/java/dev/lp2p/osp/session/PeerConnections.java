package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.ConnectionChannels;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.transport.Connection;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connections of one authenticated session. */
sealed interface PeerConnections permits ImpliedConnection, RequestedConnections {

    void setListener(SessionListener listener);

    CompletionStage<PeerConnection> request(String origin, String nickname);

    /** Whether the peer may send what the origins extension has. */
    boolean takesMessages();

    /** Only where they are taken. */
    void onMessage(ConnectionMessage message);

    /** The channels of a connection that takes some now, or null. */
    @Nullable ConnectionChannels find(OptionalLong connectionId);

    /** Whether a connection that is not found may be there soon. */
    boolean isExpected(OptionalLong connectionId);

    /** The peer made a transport for a connection; closed if there is none such. */
    void onTransport(OptionalLong connectionId, Connection transport);

    /** The session ended, and all channels with it. */
    void end(SessionCloseReason reason);
}
