package dev.lp2p.osp.message;

/**
 * A message of the Open Screen Network Protocol that stands alone on a stream, after its type key.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#appendix-a">Appendix A: Messages</a>
 */
public sealed interface Message
        permits AgentInfoRequest,
                AgentInfoResponse,
                AgentInfoEvent,
                AgentStatusRequest,
                AgentStatusResponse,
                AuthCapabilities,
                AuthSpake2Handshake,
                AuthSpake2Confirmation,
                AuthStatus,
                DataChannelOpenRequest,
                DataChannelOpenResponse,
                Lp2pTransportRequest,
                ConnectionMessage {

    /** What stands before the message on its stream. */
    TypeKey typeKey();
}
