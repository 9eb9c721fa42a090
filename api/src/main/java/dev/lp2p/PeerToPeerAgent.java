package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.transport.Connection;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** What the manager asks of an agent of the Open Screen Network Protocol. Methods may be called from any thread. */
interface PeerToPeerAgent extends AutoCloseable {

    /** The loop, on which results complete and listeners are called. */
    ScheduledExecutorService loop();

    /** The time that goes with the loop. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    Fingerprint fingerprint();

    int port();

    /** @return the name under which the agent is seen, which is another one if the wanted one was taken */
    CompletionStage<String> advertise();

    void stopAdvertising();

    /** @return ends the discovery */
    AutoCloseable discover(DiscoveryListener listener);

    CompletionStage<Session> connect(DiscoveredAgent agent);

    /** Makes a q2q connection for a connection of a live session. */
    CompletionStage<Connection> dialTransport(DiscoveredAgent target, PeerConnection connection);

    /** Makes the peer a stranger, and closes what is open with it. */
    void forget(Fingerprint fingerprint);

    /** Ends everything and waits for it. */
    @Override
    void close();
}
