package dev.lp2p.systemtests.program;

import dev.lp2p.Consent;
import dev.lp2p.Grant;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says yes for a user who is not there, and tells the test of each question: for tests only. */
final class InsecureWillingConsent implements Consent {

    private final Grant.Lifetime lifetime;
    private final Consumer<String> events;
    private volatile String wanted = "";
    private volatile @Nullable CodeAnswer answer;

    /** @param lifetime of what it grants */
    InsecureWillingConsent(Grant.Lifetime lifetime, Consumer<String> events) {
        this.lifetime = lifetime;
        this.events = events;
    }

    void choose(String name) {
        wanted = name;
    }

    /** Enters what the other device shows. */
    void enter(String code) {
        CodeAnswer asked = answer;
        if (asked == null) {
            throw new IllegalStateException("No code was asked for");
        }
        asked.enter(NumericCode.parse(code).orElseThrow());
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        events.accept("asked-choice");
        CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
        choice.onChange(candidates -> candidates.stream()
                .filter(candidate -> candidate.name().equals(Optional.of(wanted)))
                .findAny()
                .ifPresent(candidate -> chosen.complete(Optional.of(new ChosenPeer(candidate, lifetime)))));
        return chosen;
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        events.accept("asked-incoming");
        Decision decision =
                switch (lifetime) {
                    case ONCE -> Decision.ALLOW_ONCE;
                    case SESSION -> Decision.ALLOW_SESSION;
                    case ALWAYS -> Decision.ALLOW_ALWAYS;
                };
        return CompletableFuture.completedStage(
                IncomingAnswer.allow(decision, request.receivers().get(0).origin()));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        events.accept("code " + NumericCode.format(code));
        return outcome -> {};
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer newAnswer) {
        answer = newAnswer;
        events.accept("code-needed");
        return outcome -> {};
    }

    @Override
    public void connected(Peer peer, Origin origin) {}
}
