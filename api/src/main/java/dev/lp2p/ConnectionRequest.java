package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.Session;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of a request: discovery, the user's choice, the session. Every step but the user's is on the loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-grant">Peer grant</a>
 */
final class ConnectionRequest {

    private final LocalPeerToPeerManager manager;
    private final CompletableFuture<LP2PConnectionImpl> result = new CompletableFuture<>();
    private final Optional<String> nickname;
    private final PeerList devices;

    // The loop's.
    private @Nullable AutoCloseable discovery;
    private @Nullable CompletableFuture<?> choice;
    private @Nullable Fingerprint dialled;
    private @Nullable DiscoveredAgent target;

    ConnectionRequest(LocalPeerToPeerManager manager, Optional<String> nickname) {
        this.manager = manager;
        this.nickname = nickname;
        this.devices = manager.newPeerList(nickname);
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
        discovery = manager.agent().discover(devices);
        CompletableFuture<Optional<PeerCandidate>> asked =
                manager.ask(() -> manager.consent().choosePeer(devices));
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

    private void onChosen(Optional<PeerCandidate> chosen) {
        stopDiscovery();
        if (result.isDone()) {
            return;
        }
        if (chosen.isEmpty()) {
            fail(new LP2PException(LP2PException.Name.NOT_ALLOWED_ERROR, "The user chose no device"));
            return;
        }
        Optional<DiscoveredAgent> agent = devices.find(chosen.get().fingerprint());
        if (agent.isEmpty()) {
            fail(new LP2PException(
                    LP2PException.Name.NOT_FOUND_ERROR, "The device is not on the network any more; switch it on"));
            return;
        }
        connect(agent.get());
    }

    private void connect(DiscoveredAgent agent) {
        Fingerprint peer = agent.fingerprint();
        dialled = peer;
        target = agent;
        manager.agent().connect(agent).whenComplete((session, failure) -> {
            dialled = null;
            manager.prompts().stopGivingUp(peer);
            if (failure != null) {
                fail(Failures.of(failure));
            } else {
                onSession(session);
            }
        });
    }

    private void onSession(Session session) {
        if (result.isDone()) {
            manager.sessions().closeUnlessUsed(session);
            return;
        }
        manager.sessions().request(session, nickname.orElse("")).whenComplete((connection, failure) -> {
            if (failure != null) {
                fail(Failures.of(failure));
            } else {
                onConnection(connection);
            }
        });
    }

    private void onConnection(LP2PConnectionImpl connection) {
        if (target != null) {
            connection.foundAt(target, manager.agent());
        }
        manager.callbacks().execute(() -> {
            EventQueue.call(() -> manager.consent().connected(connection.peer()));
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
        if (dialled != null) {
            manager.prompts().giveUp(dialled);
        }
    }

    private void stopDiscovery() {
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
