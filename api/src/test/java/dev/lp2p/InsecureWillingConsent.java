package dev.lp2p;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The user of all devices of a test, who says yes to the one that is wanted, and carries its code between the screens. */
final class InsecureWillingConsent implements Consent {

    /** How often a code was shown. */
    final AtomicInteger codes = new AtomicInteger();

    /** What peers were asked about. */
    final BlockingQueue<IncomingRequest> requests = new LinkedBlockingQueue<>();

    volatile Predicate<PeerCandidate> wanted;
    volatile Grant.Lifetime lifetime = Grant.Lifetime.ONCE;
    volatile Decision incoming = Decision.ALLOW_ONCE;

    private final BlockingQueue<Psk> shown = new LinkedBlockingQueue<>();

    InsecureWillingConsent(String wantedName) {
        wanted = candidate -> candidate.name().equals(Optional.of(wantedName));
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
        choice.onChange(candidates -> candidates.stream()
                .filter(candidate -> wanted.test(candidate))
                .findAny()
                .ifPresent(candidate -> chosen.complete(Optional.of(new ChosenPeer(candidate, lifetime)))));
        return chosen;
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        requests.add(request);
        return CompletableFuture.completedStage(
                incoming.isAllowed()
                        ? IncomingAnswer.allow(
                                incoming, request.receivers().get(0).origin())
                        : IncomingAnswer.refuse(incoming));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        codes.incrementAndGet();
        shown.add(code);
        return outcome -> {};
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        try {
            answer.enter(shown.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.dismiss();
        }
        return outcome -> {};
    }

    @Override
    public void connected(Peer peer, Origin origin) {}
}
