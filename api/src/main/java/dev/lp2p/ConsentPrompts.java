package dev.lp2p;

import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Takes the questions of an authentication from the loop to the user, and counts how it went. */
final class ConsentPrompts implements AuthenticationPrompts {

    private final Consent consent;
    private final Executor callbacks;
    private final AuthenticationFailures failures;

    // The loop's; an agent has one authentication with a peer at a time.
    private final Map<Fingerprint, Runnable> open = new HashMap<>();

    /** How many dial a peer, and for how many of these somebody waits: a request may give up beside another. */
    private final Map<Fingerprint, Integer> dials = new HashMap<>();

    private final Map<Fingerprint, Integer> wanted = new HashMap<>();

    ConsentPrompts(Consent consent, Executor callbacks, AuthenticationFailures failures) {
        this.consent = consent;
        this.callbacks = callbacks;
        this.failures = failures;
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk) {
        return showCode(peer, psk, () -> {});
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        PeerDescription shown = described(peer, DisplayNames::clean);
        return open(peer.fingerprint(), () -> consent.showCode(shown, psk, dismiss), dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        PeerDescription shown = described(peer, name -> DisplayNames.withoutCodes(DisplayNames.clean(name)));
        return open(peer.fingerprint(), () -> consent.askCode(shown, answer), answer::dismiss);
    }

    @Override
    public CompletionStage<Boolean> allowAnotherTry(int lostGuesses) {
        return new Question<>(() -> consent.allowAnotherAttempt(lostGuesses))
                .putOn(callbacks)
                .thenApply(decision -> decision == Consent.Decision.ALLOW_ONCE);
    }

    /**
     * A peer is dialled; on the loop.
     *
     * @param isWanted whether somebody waits for it, or else nobody is to be asked anything for it
     */
    void dialBegan(Fingerprint peer, boolean isWanted) {
        dials.merge(peer, 1, Integer::sum);
        if (isWanted) {
            wanted.merge(peer, 1, Integer::sum);
        }
    }

    /** Who waited for a peer that is being dialled does so no more: if nobody does, no question is left. On the loop. */
    void notWanted(Fingerprint peer) {
        decrease(wanted, peer);
        Runnable dismiss = open.get(peer);
        if (dismiss != null && isForNobody(peer)) {
            dismiss.run();
        }
    }

    /** @param isWanted whether somebody waits for it still */
    void dialEnded(Fingerprint peer, boolean isWanted) {
        decrease(dials, peer);
        if (isWanted) {
            decrease(wanted, peer);
        }
    }

    private boolean isForNobody(Fingerprint peer) {
        return dials.containsKey(peer) && !wanted.containsKey(peer);
    }

    private static void decrease(Map<Fingerprint, Integer> counts, Fingerprint peer) {
        counts.computeIfPresent(peer, (same, count) -> count > 1 ? count - 1 : null);
    }

    private OpenPrompt open(Fingerprint peer, Supplier<OpenPrompt> question, Runnable dismiss) {
        if (isForNobody(peer)) {
            // Not from within the call that asks.
            callbacks.execute(dismiss);
            return outcome -> {};
        }
        open.put(peer, dismiss);
        CompletableFuture<OpenPrompt> prompt = CompletableFuture.supplyAsync(question, callbacks);
        prompt.exceptionally(failure -> {
            EventQueue.logFailure(failure);
            dismiss.run();
            return outcome -> {};
        });
        return outcome -> {
            open.remove(peer);
            if (outcome == Outcome.AUTHENTICATED) {
                failures.succeeded(peer);
            } else if (outcome == Outcome.FAILED) {
                failures.failed(peer);
            }
            prompt.thenAcceptAsync(shown -> shown.close(outcome), callbacks);
        };
    }

    private static PeerDescription described(PeerDescription peer, UnaryOperator<String> name) {
        return new PeerDescription(peer.fingerprint(), name.apply(peer.unverifiedName()));
    }
}
