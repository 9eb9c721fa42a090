package dev.lp2p.agent.control;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Notes what is connected, and passes everything on to whom the user answers. Methods may be called from any thread. */
public final class ConnectionBook implements Consent {

    /** More are connected all the same, and not listed. */
    static final int MAX_LISTED = 4096;

    private final Consent asked;
    private final InstantSource clock;
    private final List<Entry> connected = new ArrayList<>();

    public ConnectionBook(Consent asked, InstantSource clock) {
        this.asked = asked;
        this.clock = clock;
    }

    /** What is connected now, the latest last. */
    public synchronized List<AgentStatus.Connection> list() {
        return connected.stream()
                .map(entry -> new AgentStatus.Connection(
                        entry.origin.value(),
                        entry.peer.displayName(),
                        entry.peer.fingerprint().value(),
                        entry.since.toString()))
                .toList();
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        synchronized (this) {
            if (connected.size() < MAX_LISTED) {
                connected.add(new Entry(peer, origin, clock.instant()));
            }
        }
        asked.connected(peer, origin);
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        synchronized (this) {
            connected.stream()
                    .filter(entry -> entry.peer.fingerprint().equals(peer.fingerprint()) && entry.origin.equals(origin))
                    .findFirst()
                    .ifPresent(connected::remove);
        }
        asked.disconnected(peer, origin);
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return asked.allowAdvertising(request);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        return asked.choosePeer(choice);
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        return asked.allowIncoming(request);
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return asked.showCode(peer, code, dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return asked.askCode(peer, answer);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return asked.allowAnotherAttempt(lostGuesses);
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return asked.extendIdle(peer, origin);
    }

    private record Entry(Peer peer, Origin origin, Instant since) {}
}
