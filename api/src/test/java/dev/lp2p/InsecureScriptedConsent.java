package dev.lp2p;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers for a user who is not there: for tests only. Every question is recorded and answered by the test. */
final class InsecureScriptedConsent implements Consent {

    final List<String> questions = new ArrayList<>();
    final CompletableFuture<Decision> advertising = new CompletableFuture<>();
    final CompletableFuture<Optional<PeerCandidate>> choosing = new CompletableFuture<>();
    final CompletableFuture<Decision> anotherAttempt = new CompletableFuture<>();
    final CompletableFuture<Decision> incoming = new CompletableFuture<>();

    @Nullable PeerChoice choice;

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        questions.add("advertise " + request.displayName() + " for "
                + request.nickname().orElse("nobody"));
        return advertising;
    }

    @Override
    public CompletionStage<Optional<PeerCandidate>> choosePeer(PeerChoice newChoice) {
        questions.add("choose for " + newChoice.nickname().orElse("nobody"));
        choice = newChoice;
        return choosing;
    }

    @Override
    public CompletionStage<Decision> allowIncoming(IncomingRequest request) {
        questions.add("incoming " + request.peer().displayName());
        return incoming;
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        questions.add("show code to " + peer.unverifiedName());
        return outcome -> questions.add("hide code, " + outcome);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        questions.add("ask code of " + peer.unverifiedName());
        return outcome -> questions.add("stop asking, " + outcome);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        questions.add("another attempt after " + lostGuesses);
        return anotherAttempt;
    }

    @Override
    public void connected(Peer peer) {
        questions.add("connected " + peer.displayName());
    }
}
