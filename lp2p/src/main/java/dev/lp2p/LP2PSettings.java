package dev.lp2p;

import dev.lp2p.osp.peer.PeerStore;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the draft leaves to the user agent.
 *
 * @param displayName what this device calls itself, for a person to read
 * @param peers the devices that a person authenticated
 * @param callbackExecutor where listeners and the user's questions run, or null for threads of the manager's own
 * @param receiveWindow bytes of payload that one channel receives ahead of its listener
 */
public record LP2PSettings(
        String displayName, PeerStore peers, @Nullable Executor callbackExecutor, long receiveWindow) {

    /** Payload that one channel receives ahead of its listener. */
    public static final long DEFAULT_RECEIVE_WINDOW = 1024 * 1024;
}
