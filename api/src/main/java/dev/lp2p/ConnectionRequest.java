package dev.lp2p;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.osp.agent.DiscoveredAgent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of a request: discovery, the user's choice, the connection. Every step but the user's is on the loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-grant">Peer grant</a>
 */
final class ConnectionRequest {

    private final LocalPeerToPeerManager manager;
    private final Origin origin;
    private final Optional<String> nickname;
    private final CompletableFuture<LP2PConnectionImpl> result = new CompletableFuture<>();
    private final PeerList devices;

    // The loop's.
    private @Nullable AutoCloseable discovery;
    private @Nullable CompletableFuture<Optional<ChosenPeer>> choice;
    private @Nullable Dialling dialling;
    private boolean isOver;

    ConnectionRequest(LocalPeerToPeerManager manager, Origin origin, Optional<String> nickname) {
        this.manager = manager;
        this.origin = origin;
        this.nickname = nickname;
        this.devices = manager.newPeerList(origin, nickname, this::block);
    }

    CompletableFuture<LP2PConnectionImpl> start() {
        manager.loop().execute(this::begin);
        result.whenComplete((connection, failure) -> {
            if (result.isCancelled()) {
                manager.loop().execute(this::giveUp);
            }
        });
        return result;
    }

    private void begin() {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<Optional<ChosenPeer>> asked = manager.rules().choosePeer(origin, () -> {
            manager.loop().execute(this::startDiscovery);
            return manager.consent().choosePeer(devices);
        });
        choice = asked;
        asked.thenAcceptAsync(this::onChosen, manager.loop())
                .exceptionallyAsync(
                        failure -> {
                            stopDiscovery();
                            fail(Failures.of(failure));
                            return null;
                        },
                        manager.loop());
    }

    private void block() {
        manager.block(origin);
        manager.loop().execute(() -> {
            if (choice != null) {
                choice.complete(Optional.empty());
            }
        });
    }

    private void onChosen(Optional<ChosenPeer> chosen) {
        stopDiscovery();
        if (result.isDone()) {
            return;
        }
        if (chosen.isEmpty()) {
            if (ConsentRules.mayLearnOfDismissal(origin)) {
                fail(new LP2PException(LP2PException.Name.NOT_ALLOWED_ERROR, "The user chose no device"));
            }
            return;
        }
        Optional<DiscoveredAgent> agent = devices.find(chosen.get().candidate().fingerprint());
        if (agent.isEmpty()) {
            fail(new LP2PException(
                    LP2PException.Name.NOT_FOUND_ERROR, "The device is not on the network any more; switch it on"));
            return;
        }
        connect(agent.get(), chosen.get().lifetime());
    }

    private void connect(DiscoveredAgent agent, Grant.Lifetime lifetime) {
        ConnectionTerms terms =
                new ConnectionTerms(Grant.Key.outgoing(agent.fingerprint(), origin), lifetime, nickname);
        dialling = new Dialling(manager, agent, terms);
        dialling.begin().whenComplete((connection, failure) -> {
            if (failure != null) {
                fail(Failures.of(failure));
            } else if (manager.rules().isBlocked(origin)) {
                connection.closeNow(LP2PConnection.CloseReason.REVOKED);
            } else {
                manager.decided().keep(terms.key(), Grant.Decision.ALLOW, lifetime);
                manager.decided().used(terms.key());
                deliver(connection);
            }
        });
    }

    private void deliver(LP2PConnectionImpl connection) {
        manager.callbacks().execute(() -> {
            EventQueue.call(() -> manager.consent().connected(connection.peer(), origin));
            if (!result.complete(connection)) {
                connection.close();
            }
        });
    }

    private void giveUp() {
        stopDiscovery();
        if (choice != null) {
            choice.cancel(true);
        }
        if (dialling != null) {
            dialling.giveUp();
        }
    }

    private void startDiscovery() {
        if (!isOver) {
            discovery = manager.agent().discover(devices);
        }
    }

    private void stopDiscovery() {
        isOver = true;
        devices.close();
        if (discovery != null) {
            LocalPeerToPeerManager.end(discovery);
            discovery = null;
        }
    }

    private void fail(LP2PException failure) {
        manager.callbacks().execute(() -> result.completeExceptionally(failure));
    }
}
