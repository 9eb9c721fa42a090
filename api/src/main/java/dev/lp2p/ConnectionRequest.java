package dev.lp2p;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.osp.agent.DiscoveredAgent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Optional<Function<PeerChoice, CompletionStage<Optional<ChosenPeer>>>> tool;

    // The loop's.
    private @Nullable AutoCloseable discovery;
    private @Nullable CompletableFuture<Optional<ChosenPeer>> choice;
    private @Nullable Dialling dialling;
    private boolean isOver;
    private boolean isGivenUp;

    /** @param tool where the user acts in a tool of theirs, and chooses there */
    ConnectionRequest(
            LocalPeerToPeerManager manager,
            Origin origin,
            Optional<String> nickname,
            Optional<Function<PeerChoice, CompletionStage<Optional<ChosenPeer>>>> tool) {
        this.manager = manager;
        this.origin = origin;
        this.nickname = nickname;
        this.tool = tool;
        this.devices = manager.newPeerList(origin, nickname, this::block);
    }

    CompletableFuture<LP2PConnectionImpl> start() {
        result.whenComplete((connection, failure) -> manager.post(this::finish));
        if (!manager.post(this::begin)) {
            result.completeExceptionally(LocalPeerToPeerManager.isClosedFailure());
        }
        return result;
    }

    Origin origin() {
        return origin;
    }

    /** The user wants to hear nothing of the origin any more; on the loop. */
    void blocked() {
        giveUp();
        dismissed();
    }

    /** On the loop. */
    void managerClosed() {
        giveUp();
        fail(LocalPeerToPeerManager.isClosedFailure());
    }

    private void begin() {
        if (result.isDone()) {
            return;
        }
        if (manager.isClosed()) {
            fail(LocalPeerToPeerManager.isClosedFailure());
            return;
        }
        manager.requests().add(this);
        Supplier<CompletionStage<Optional<ChosenPeer>>> question = () -> {
            manager.post(this::startDiscovery);
            return tool.orElse(manager.consent()::choosePeer).apply(devices);
        };
        CompletableFuture<Optional<ChosenPeer>> asked = tool.isPresent()
                ? manager.rules().chooseInTool(origin, question)
                : manager.rules().choosePeer(origin, question);
        choice = asked;
        asked.thenAcceptAsync(this::onChosen, manager.loop())
                .exceptionallyAsync(
                        failure -> {
                            stopDiscovery();
                            if (!isGivenUp) {
                                fail(Failures.of(failure));
                            }
                            return null;
                        },
                        manager.loop());
    }

    private void block() {
        manager.block(origin);
    }

    private void onChosen(Optional<ChosenPeer> chosen) {
        stopDiscovery();
        if (result.isDone() || isGivenUp) {
            return;
        }
        if (chosen.isEmpty() || manager.rules().isBlocked(origin)) {
            dismissed();
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
            if (failure == null) {
                onConnected(connection, terms);
            } else if (!isGivenUp) {
                fail(Failures.of(failure));
            }
        });
    }

    private void onConnected(LP2PConnectionImpl connection, ConnectionTerms terms) {
        try {
            if (manager.rules().isBlocked(origin)) {
                connection.closeNow(LP2PConnection.CloseReason.REVOKED);
                dismissed();
                return;
            }
            manager.decided().keep(terms.key(), Grant.Decision.ALLOW, terms.lifetime());
            manager.decided().used(terms.key());
        } catch (RuntimeException unreadable) {
            // Whether the user allows it cannot be read.
            connection.closeNow(LP2PConnection.CloseReason.REVOKED);
            fail(Failures.of(unreadable));
            return;
        }
        deliver(connection);
    }

    private void deliver(LP2PConnectionImpl connection) {
        manager.connected(connection, () -> {
            if (!result.complete(connection)) {
                connection.close();
            }
        });
    }

    private void finish() {
        manager.requests().remove(this);
        if (result.isCompletedExceptionally()) {
            giveUp();
        }
    }

    private void giveUp() {
        isGivenUp = true;
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

    /** A page does not learn of it: for it the question seems to stand for ever. */
    private void dismissed() {
        if (ConsentRules.mayLearnOfDismissal(origin)) {
            fail(new LP2PException(LP2PException.Name.NOT_ALLOWED_ERROR, "The user chose no device"));
        } else {
            manager.requests().remove(this);
        }
    }

    private void fail(LP2PException failure) {
        Completions.run(manager.callbacks(), () -> result.completeExceptionally(failure));
    }
}
