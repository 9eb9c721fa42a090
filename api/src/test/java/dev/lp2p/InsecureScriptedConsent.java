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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers for a user who is not there: for tests only. Every question is recorded and answered by the test: those that
 * are open by what it completes, all later ones by what it sets.
 */
final class InsecureScriptedConsent implements Consent {

    final List<String> questions = new ArrayList<>();
    CompletableFuture<Decision> advertising = new CompletableFuture<>();
    CompletableFuture<Optional<ChosenPeer>> choosing = new CompletableFuture<>();
    CompletableFuture<Decision> anotherAttempt = new CompletableFuture<>();
    CompletableFuture<IncomingAnswer> incoming = new CompletableFuture<>();
    CompletableFuture<Boolean> extending = new CompletableFuture<>();

    @Nullable PeerChoice choice;

    @Nullable IncomingRequest request;

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest advertised) {
        questions.add("advertise " + advertised.displayName() + " for "
                + advertised.nickname().orElse(advertised.origin().value()));
        return advertising;
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice newChoice) {
        questions.add(
                "choose for " + newChoice.nickname().orElse(newChoice.origin().value()));
        choice = newChoice;
        return choosing;
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest newRequest) {
        request = newRequest;
        questions.add("incoming " + newRequest.peer().displayName() + " to "
                + newRequest.receivers().stream()
                        .map(receiver -> receiver.origin().value())
                        .collect(Collectors.joining(", ")));
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
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        questions.add("extend " + peer.displayName() + " for " + origin);
        return extending;
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        questions.add("connected " + peer.displayName());
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        questions.add("disconnected " + peer.displayName());
    }
}
