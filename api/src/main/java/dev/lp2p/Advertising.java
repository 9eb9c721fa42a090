package dev.lp2p;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<LP2PReceiver, CompletableFuture<Decision>> questions = new LinkedHashMap<>();
    private final List<LP2PReceiver> receivers = new ArrayList<>();
    private @Nullable CompletionStage<String> advertised;
    private volatile @Nullable String name;

    Advertising(LocalPeerToPeerManager manager) {
        this.manager = manager;
    }

    void start(LP2PReceiver receiver) {
        // Also if the program cancelled it or lost patience.
        receiver.started().whenComplete((done, failure) -> {
            if (failure != null) {
                receiver.close();
            }
        });
        if (!manager.post(() -> ask(receiver))) {
            receiver.started().completeExceptionally(LocalPeerToPeerManager.isClosedFailure());
        }
    }

    void stop(LP2PReceiver receiver) {
        manager.post(() -> stop(
                receiver,
                new LP2PException(
                        LP2PException.Name.ABORT_ERROR, "The receiver was closed before other devices could see it")));
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

    /** The user wants nothing of an origin any more: what it asks is dismissed, and nobody reaches it; on the loop. */
    void stopAll(Origin origin) {
        questions.forEach((receiver, question) -> {
            if (receiver.origin().equals(origin)) {
                question.complete(Decision.DECLINE);
            }
        });
        List.copyOf(receivers).stream()
                .filter(receiver -> receiver.origin().equals(origin))
                .forEach(receiver -> {
                    remove(receiver);
                    receiver.ended(new LP2PException(
                            LP2PException.Name.NOT_ALLOWED_ERROR,
                            "The user does not want this device to be seen any more"));
                });
    }

    /** The manager is closed; on the loop. */
    void closeAll() {
        List<LP2PReceiver> all = new ArrayList<>(questions.keySet());
        all.addAll(receivers);
        all.forEach(receiver -> {
            stop(receiver, LocalPeerToPeerManager.isClosedFailure());
            receiver.ended(LocalPeerToPeerManager.isClosedFailure());
        });
    }

    private void ask(LP2PReceiver receiver) {
        if (receiver.started().isDone()) {
            return;
        }
        if (manager.isClosed()) {
            fail(receiver, LocalPeerToPeerManager.isClosedFailure());
            return;
        }
        CompletableFuture<Decision> question = manager.rules()
                .allowAdvertising(new AdvertisingRequest(
                        receiver.origin(), manager.settings().displayName(), receiver.nickname()));
        questions.put(receiver, question);
        question.whenCompleteAsync((decision, failure) -> onAnswer(receiver, decision, failure), manager.loop());
    }

    private void onAnswer(LP2PReceiver receiver, @Nullable Decision decision, @Nullable Throwable failure) {
        if (questions.remove(receiver) == null) {
            return;
        }
        try {
            if (decision == null) {
                fail(receiver, Failures.of(Objects.requireNonNull(failure)));
            } else if (decision.isAllowed() && !manager.rules().isBlocked(receiver.origin())) {
                advertise(receiver);
            } else {
                dismissed(receiver);
            }
        } catch (RuntimeException unreadable) {
            // Whether the user blocked it cannot be read.
            fail(receiver, Failures.of(unreadable));
        }
    }

    private void advertise(LP2PReceiver receiver) {
        receivers.add(receiver);
        CompletionStage<String> running = advertised;
        if (running == null) {
            running = manager.agent().advertise();
            advertised = running;
        }
        CompletionStage<String> its = running;
        its.whenComplete((advertisedName, failure) -> {
            // It may have ended meanwhile, or another begun.
            if (its.equals(advertised)) {
                name = advertisedName;
            }
            onAdvertised(receiver, failure);
        });
    }

    private void onAdvertised(LP2PReceiver receiver, @Nullable Throwable failure) {
        if (!receivers.contains(receiver)) {
            if (!receiver.isClosed()) {
                dismissed(receiver);
            }
        } else if (failure != null) {
            stop(receiver, Failures.of(failure));
        } else {
            Completions.run(manager.callbacks(), () -> receiver.started().complete(null));
        }
    }

    /** A page does not learn of it, for which the question seems to stand for ever. */
    private void dismissed(LP2PReceiver receiver) {
        if (ConsentRules.mayLearnOfDismissal(receiver.origin())) {
            fail(
                    receiver,
                    new LP2PException(
                            LP2PException.Name.NOT_ALLOWED_ERROR, "The user does not want this device to be seen"));
        }
    }

    /** @param why its start fails, unless that has ended */
    private void stop(LP2PReceiver receiver, LP2PException why) {
        CompletableFuture<Decision> question = questions.remove(receiver);
        if (question != null) {
            question.cancel(true);
        }
        remove(receiver);
        fail(receiver, why);
    }

    private void remove(LP2PReceiver receiver) {
        if (!receivers.remove(receiver)) {
            return;
        }
        manager.sessions().receiverStopped();
        if (receivers.isEmpty()) {
            advertised = null;
            name = null;
            manager.agent().stopAdvertising();
        }
    }

    private void fail(LP2PReceiver receiver, LP2PException failure) {
        Completions.run(manager.callbacks(), () -> receiver.started().completeExceptionally(failure));
    }
}
