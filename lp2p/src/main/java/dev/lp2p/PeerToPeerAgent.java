package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.Session;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** What the manager asks of an agent of the Open Screen Network Protocol. Methods belong to the loop unless they say so. */
interface PeerToPeerAgent extends AutoCloseable {

    /** From any thread. */
    ScheduledExecutorService loop();

    /** From any thread. */
    Fingerprint fingerprint();

    /** @return the name under which the agent is seen, which is another one if the wanted one was taken */
    CompletionStage<String> advertise();

    void stopAdvertising();

    /** @return ends the discovery; on the loop */
    Runnable discover(DiscoveryListener listener);

    CompletionStage<Session> connect(DiscoveredAgent agent);

    /** Closes what is open with the peer and makes it a stranger. */
    void forget(Fingerprint fingerprint);

    /** Ends everything and waits for it; from any thread but the loop. */
    @Override
    void close();
}
