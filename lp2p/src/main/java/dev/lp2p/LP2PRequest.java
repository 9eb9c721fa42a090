package dev.lp2p;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request for a connection to a device that the user chooses. The program learns nothing of any device but the one
 * that was chosen, and of that one only once it is authenticated.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-request">LP2PRequest</a>
 */
public final class LP2PRequest {

    private final LocalPeerToPeerManager manager;
    private final LP2PRequestOptions options;

    public LP2PRequest(LocalPeerToPeerManager manager, LP2PRequestOptions options) {
        this.manager = manager;
        this.options = options;
    }

    public LP2PRequest(LocalPeerToPeerManager manager) {
        this(manager, LP2PRequestOptions.DEFAULT);
    }

    /**
     * Asks the user for a device, authenticates it unless it is known, and connects. Ours: cancelling the future takes
     * every question off the screen and gives up.
     *
     * @return fails with an {@link LP2PException}: {@code NotAllowedError} if the user dismissed the question or a device
     *     could not be authenticated, {@code NotFoundError} if the device is gone, {@code NetworkError} if it does not
     *     answer, {@code AbortError} if the authentication was cancelled, {@code InvalidStateError} if a connection with
     *     the device is open
     */
    public CompletableFuture<LP2PConnection> start() {
        return new ConnectionRequest(manager, Optional.ofNullable(options.nickname())).start();
    }
}
