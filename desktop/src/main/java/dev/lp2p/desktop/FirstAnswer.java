package dev.lp2p.desktop;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the user in several places at once: the first answer counts, and takes the question away from the others. A place
 * that fails, such as a terminal that was closed, is one fewer to answer at; the last one fails the question.
 */
public final class FirstAnswer implements Consent {

    private final List<Consent> places;

    private FirstAnswer(List<Consent> places) {
        this.places = places;
    }

    public static Consent of(List<? extends Consent> places) {
        return places.size() == 1 ? places.get(0) : new FirstAnswer(List.copyOf(places));
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return first(place -> place.allowAdvertising(request));
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        PeerChoice shared = new SharedChoice(choice);
        return first(place -> place.choosePeer(shared));
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        return first(place -> place.allowIncoming(request));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return everywhere(place -> place.showCode(peer, code, dismiss));
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return everywhere(place -> place.askCode(peer, answer));
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return first(place -> place.allowAnotherAttempt(lostGuesses));
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return first(place -> place.extendIdle(peer, origin));
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        places.forEach(place -> place.connected(peer, origin));
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        places.forEach(place -> place.disconnected(peer, origin));
    }

    private <T> CompletionStage<T> first(Function<Consent, CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(places.size());
        for (Consent place : places) {
            CompletableFuture<T> asked = ask(question, place);
            asked.whenComplete((given, failure) -> {
                if (failure == null) {
                    answer.complete(given);
                } else if (left.decrementAndGet() == 0) {
                    answer.completeExceptionally(failure);
                }
            });
            // Without effect on the one that answered.
            answer.whenComplete((given, failure) -> asked.cancel(true));
        }
        return answer;
    }

    private static <T> CompletableFuture<T> ask(Function<Consent, CompletionStage<T>> question, Consent place) {
        try {
            return question.apply(place).toCompletableFuture();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Its end, whoever brought it about, closes all; a code counts once, since its authentication has ended then. */
    private OpenPrompt everywhere(Function<Consent, OpenPrompt> question) {
        List<OpenPrompt> prompts = places.stream().map(question).toList();
        return outcome -> prompts.forEach(prompt -> prompt.close(outcome));
    }

    /** A choice has one listener, which passes on to those of each place. */
    private static final class SharedChoice implements PeerChoice {

        private final PeerChoice choice;
        private final List<Consumer<List<PeerCandidate>>> listeners = new CopyOnWriteArrayList<>();

        SharedChoice(PeerChoice choice) {
            this.choice = choice;
        }

        @Override
        public Origin origin() {
            return choice.origin();
        }

        @Override
        public Optional<String> nickname() {
            return choice.nickname();
        }

        @Override
        public List<PeerCandidate> candidates() {
            return choice.candidates();
        }

        @Override
        public void onChange(Consumer<List<PeerCandidate>> listener) {
            listeners.add(listener);
            choice.onChange(candidates -> listeners.forEach(each -> each.accept(candidates)));
        }

        @Override
        public void block() {
            choice.block();
        }
    }
}
