package dev.lp2p;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What holds for every question to the user, whoever puts it on a screen: nothing is asked for an origin that the user
 * blocked, one thing at a time for each origin and each peer, and nothing for a while that grows after a dismissal.
 * Belongs to the loop; cancelling a result takes its question back.
 */
final class ConsentRules {

    private final Consent consent;
    private final GrantStore store;
    private final Consumer<Origin> onBlocked;
    private final PromptQueue prompts;
    private final QuietTimes quiet;

    /** @param onBlocked the user wants to hear nothing of an origin any more */
    ConsentRules(
            Consent consent,
            GrantStore store,
            Consumer<Origin> onBlocked,
            Executor loop,
            Executor callbacks,
            InstantSource clock) {
        this.consent = consent;
        this.store = store;
        this.onBlocked = onBlocked;
        this.prompts = new PromptQueue(loop, callbacks);
        this.quiet = new QuietTimes(clock);
    }

    /**
     * Whether a program may learn that the user dismissed its question: a page may not, for which the question seems to
     * stand for ever.
     *
     * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-grant">Peer grant</a>
     */
    static boolean mayLearnOfDismissal(Origin origin) {
        return origin.isProgram();
    }

    /** What a program or page calls itself, here or at the peer: bounded, stripped, and without what could be a code. */
    static Optional<String> nickname(Optional<String> given) {
        return given.map(DisplayNames::clean).map(DisplayNames::withoutCodes).filter(name -> !name.isEmpty());
    }

    CompletableFuture<Decision> allowAdvertising(AdvertisingRequest request) {
        Origin origin = request.origin();
        return prompts.put(
                origin,
                () -> consent.allowAdvertising(request),
                () -> ruled(origin).or(() -> quietly(origin, Decision.DECLINE)),
                answer -> {
                    remember(origin, answer);
                    countOf(origin, answer, Decision::isAllowed);
                });
    }

    /** @param question puts the question; on the callback executor */
    CompletableFuture<Optional<ChosenPeer>> choosePeer(
            Origin origin, Supplier<CompletionStage<Optional<ChosenPeer>>> question) {
        return prompts.put(
                origin,
                question,
                () -> isBlocked(origin) ? Optional.of(Optional.empty()) : quietly(origin, Optional.empty()),
                answer -> countOf(origin, answer, Optional::isPresent));
    }

    /** What the user does by themselves waits for nothing and is never too much. */
    CompletableFuture<Optional<ChosenPeer>> chooseInTool(
            Origin origin, Supplier<CompletionStage<Optional<ChosenPeer>>> question) {
        return prompts.put(
                new Object(),
                question,
                () -> isBlocked(origin) ? Optional.of(Optional.empty()) : Optional.empty(),
                answer -> {});
    }

    /**
     * One question at a time for each peer, and quiet for the peer: it can neither have its questions pile up nor those of
     * others be left out. One that it takes back counts as dismissed, or it would ask again and again that way.
     *
     * @param request made on the callback executor
     */
    CompletableFuture<IncomingAnswer> allowIncoming(Peer peer, Supplier<IncomingRequest> request) {
        return prompts.put(
                peer.fingerprint(),
                () -> consent.allowIncoming(request.get()),
                () -> quietly(peer.fingerprint(), IncomingAnswer.refuse(Decision.DECLINE)),
                answer -> {
                    if (answer.isCancelled()) {
                        quiet.dismissed(peer.fingerprint());
                    } else if (!isWithdrawn(answer)) {
                        count(peer.fingerprint(), answer, given -> given.decision()
                                .isAllowed());
                    }
                });
    }

    /** Takes a question about a peer off the screen for a reason that is not the peer's, which does not count as dismissed. */
    static void withdraw(CompletableFuture<IncomingAnswer> question) {
        question.completeExceptionally(new Withdrawn());
    }

    CompletableFuture<Boolean> extendIdle(Peer peer, Origin origin) {
        return prompts.put(origin, () -> consent.extendIdle(peer, origin), Optional::empty, answer -> {});
    }

    boolean isBlocked(Origin origin) {
        return store.rule(origin).filter(rule -> rule == OriginRule.BLOCKED).isPresent();
    }

    private Optional<Decision> ruled(Origin origin) {
        return store.rule(origin).map(rule -> switch (rule) {
            case BLOCKED -> Decision.NEVER;
            case MAY_ADVERTISE -> Decision.ALLOW_ALWAYS;
        });
    }

    private <T> Optional<T> quietly(Object subject, T dismissed) {
        return quiet.isQuiet(subject) ? Optional.of(dismissed) : Optional.empty();
    }

    private void remember(Origin origin, CompletableFuture<Decision> answer) {
        if (answer.isCompletedExceptionally()) {
            return;
        }
        if (answer.join() == Decision.NEVER) {
            onBlocked.accept(origin);
        } else if (answer.join() == Decision.ALLOW_ALWAYS && !isBlocked(origin)) {
            store.setRule(origin, OriginRule.MAY_ADVERTISE);
        }
    }

    private static boolean isWithdrawn(CompletableFuture<?> answer) {
        return answer.handle((given, failure) -> failure instanceof Withdrawn).join();
    }

    /** What a program itself takes back is no dismissal; a page could flash one question after the other that way. */
    private <T> void countOf(Origin origin, CompletableFuture<T> answer, Predicate<T> isYes) {
        if (!answer.isCancelled()) {
            count(origin, answer, isYes);
        } else if (!origin.isProgram()) {
            quiet.aborted(origin);
        }
    }

    private <T> void count(Object subject, CompletableFuture<T> answer, Predicate<T> isYes) {
        if (!answer.isCompletedExceptionally() && isYes.test(answer.join())) {
            quiet.allowed(subject);
        } else {
            quiet.dismissed(subject);
        }
    }

    private static final class Withdrawn extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
