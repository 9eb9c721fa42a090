package dev.lp2p;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.Decision;
import java.util.ArrayList;
import java.util.List;
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
        AdvertisingRequest request = new AdvertisingRequest(manager.settings().displayName(), receiver.nickname());
        manager.ask(() -> manager.consent().allowAdvertising(request))
                .thenCompose(decision -> manager.onLoop(() -> advertise(receiver, decision)))
                .thenCompose(stage -> stage)
                .whenCompleteAsync(
                        (ignored, failure) -> {
                            if (failure == null) {
                                started.complete(null);
                            } else {
                                started.completeExceptionally(Failures.of(failure));
                            }
                        },
                        manager.callbacks());
        return started;
    }

    void stop(LP2PReceiver receiver) {
        manager.loop().execute(() -> remove(receiver));
    }

    /** The name under which this device is seen now. */
    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Who gets the next connection: the receiver that was started last. On the loop. */
    Optional<LP2PReceiver> receiver() {
        return receivers.isEmpty() ? Optional.empty() : Optional.of(receivers.get(receivers.size() - 1));
    }

    private CompletionStage<String> advertise(LP2PReceiver receiver, Decision decision) {
        if (decision == Decision.DECLINE) {
            throw new LP2PException(
                    LP2PException.Name.NOT_ALLOWED_ERROR, "The user does not want this device to be seen");
        }
        if (receiver.isClosed()) {
            throw new LP2PException(LP2PException.Name.ABORT_ERROR, "The receiver was closed");
        }
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
