package dev.lp2p;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the agent visible while, and only while, a receiver is started to which the user consented.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-advertisement">Peer advertisement</a>
 */
final class Advertising {

    private final LocalPeerToPeerManager manager;

    // The loop's.
    private final List<LP2PReceiver> receivers = new ArrayList<>();
    private @Nullable CompletionStage<String> advertised;
    private volatile @Nullable String name;

    Advertising(LocalPeerToPeerManager manager) {
        this.manager = manager;
    }

    CompletableFuture<Void> start(LP2PReceiver receiver) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        manager.loop().execute(() -> {
            if (!started.isDone()) {
                ask(receiver, started);
            }
        });
        return started;
    }

    void stop(LP2PReceiver receiver) {
        manager.loop().execute(() -> remove(receiver));
    }

    /** The name under which this device is seen now. */
    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * Who may get a connection: the receiver of the same origin, or else one of each origin, for the user to choose. Of an
     * origin that has several it is the one started last. On the loop.
     */
    List<LP2PReceiver> receiversFor(Optional<Origin> claimed) {
        Map<Origin, LP2PReceiver> latest = new LinkedHashMap<>();
        for (int i = receivers.size() - 1; i >= 0; i--) {
            latest.putIfAbsent(receivers.get(i).origin(), receivers.get(i));
        }
        return latest.values().stream()
                .filter(receiver -> claimed.filter(receiver.origin()::matches).isPresent())
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.copyOf(latest.values()));
    }

    /** On the loop. */
    boolean isStarted(LP2PReceiver receiver) {
        return receivers.contains(receiver);
    }

    /** The user wants nothing of an origin any more; on the loop. */
    void stopAll(Origin origin) {
        List.copyOf(receivers).stream()
                .filter(receiver -> receiver.origin().equals(origin))
                .forEach(this::remove);
    }

    private void ask(LP2PReceiver receiver, CompletableFuture<Void> started) {
        CompletableFuture<Decision> asked = manager.rules()
                .allowAdvertising(new AdvertisingRequest(
                        receiver.origin(), manager.settings().displayName(), receiver.nickname()));
        started.whenComplete((done, failure) -> {
            if (started.isCancelled()) {
                asked.cancel(true);
                receiver.close();
            }
        });
        asked.thenComposeAsync(decision -> onAnswer(receiver, decision), manager.loop())
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (failure != null) {
                                started.completeExceptionally(Failures.of(failure));
                            } else {
                                started.complete(null);
                            }
                        },
                        manager.callbacks());
    }

    private CompletionStage<?> onAnswer(LP2PReceiver receiver, Decision decision) {
        if (receiver.isClosed()) {
            throw new LP2PException(LP2PException.Name.ABORT_ERROR, "The receiver was closed");
        }
        if (decision.isAllowed()) {
            return advertise(receiver);
        }
        if (ConsentRules.mayLearnOfDismissal(receiver.origin())) {
            throw new LP2PException(
                    LP2PException.Name.NOT_ALLOWED_ERROR, "The user does not want this device to be seen");
        }
        return new CompletableFuture<>();
    }

    private CompletionStage<String> advertise(LP2PReceiver receiver) {
        receivers.add(receiver);
        CompletionStage<String> running = advertised;
        if (running == null) {
            running = manager.agent().advertise();
            advertised = running;
        }
        return running.whenComplete((advertisedName, failure) -> {
            name = advertisedName;
            if (failure != null) {
                remove(receiver);
            }
        });
    }

    private void remove(LP2PReceiver receiver) {
        if (receivers.remove(receiver) && receivers.isEmpty()) {
            advertised = null;
            name = null;
            manager.agent().stopAdvertising();
        }
    }
}
