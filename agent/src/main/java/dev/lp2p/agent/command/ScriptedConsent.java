package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Plays the person at one of the two devices of {@code lp2p try}, and says what that person does. */
final class ScriptedConsent implements Consent {

    private final CommandContext context;
    private final String self;
    private final String other;
    private final Paper paper;
    private volatile @Nullable Search search;

    /** @param paper on which both note and read the code */
    ScriptedConsent(CommandContext context, String self, String other, Paper paper) {
        this.context = context;
        this.self = self;
        this.other = other;
        this.paper = paper;
    }

    /** Will choose the other device by its fingerprint, since others on this machine may have the same name. */
    void lookFor(Fingerprint fingerprint) {
        search = new Search(fingerprint, Instant.now());
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
        Search current = search;
        if (current == null) {
            chosen.complete(Optional.empty());
        } else {
            choice.onChange(candidates -> choose(current, candidates, chosen));
        }
        return chosen;
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        return CompletableFuture.completedStage(IncomingAnswer.allow(
                Decision.ALLOW_ONCE, request.receivers().get(0).origin()));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        String shown = NumericCode.format(code);
        context.say("'" + self + "' shows the code " + shown + ".");
        paper.write(shown);
        return this::authenticated;
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        paper.read().thenAccept(shown -> {
            context.say("It is typed at '" + self + "', as a person who sees both screens would do.");
            NumericCode.parse(shown).ifPresentOrElse(answer::enter, answer::dismiss);
        });
        return this::authenticated;
    }

    @Override
    public void connected(Peer peer, Origin origin) {}

    private void choose(
            Search current, List<PeerCandidate> candidates, CompletableFuture<Optional<ChosenPeer>> chosen) {
        Optional<PeerCandidate> wanted = candidates.stream()
                .filter(candidate -> candidate.fingerprint().equals(current.fingerprint))
                .findFirst();
        if (wanted.isPresent() && chosen.complete(wanted.map(ChosenPeer::once))) {
            context.say("'" + self + "' found '" + other + "' in "
                    + Amounts.time(Duration.between(current.start, Instant.now())) + ".");
        }
    }

    private void authenticated(Outcome outcome) {
        if (outcome == Outcome.AUTHENTICATED) {
            context.say(
                    "'" + self + "' knows now that '" + other + "' is the device with the code, and nobody between.");
        }
    }

    private record Search(Fingerprint fingerprint, Instant start) {}
}
