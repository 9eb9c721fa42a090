package dev.lp2p.osp.message;

import java.util.Optional;

/**
 * The answer to a {@link Lp2pConnectRequest}.
 *
 * @param accepted the connection; empty where none is to be had, for whatever reason
 */
public record Lp2pConnectResponse(long requestId, Optional<Accepted> accepted) implements ConnectionMessage {

    /** The {@code result} of an answer that makes a connection. */
    static final int RESULT_ACCEPTED = 0;

    /** Every other {@code result} means the same. */
    static final int RESULT_UNAVAILABLE = 1;

    public static Lp2pConnectResponse accepted(long requestId, long connectionId, String nickname) {
        return new Lp2pConnectResponse(requestId, Optional.of(new Accepted(connectionId, nickname)));
    }

    public static Lp2pConnectResponse unavailable(long requestId) {
        return new Lp2pConnectResponse(requestId, Optional.empty());
    }

    @Override
    public TypeKey typeKey() {
        return TypeKey.LP2P_CONNECT_RESPONSE;
    }

    /**
     * What is agreed on.
     *
     * @param connectionId chosen by the one who accepts
     * @param nickname for a person to read, may be empty
     */
    public record Accepted(long connectionId, String nickname) {

        /** @throws IllegalArgumentException if the nickname is too long */
        public Accepted {
            Lp2pConnectRequest.requireNickname(nickname);
        }
    }
}
