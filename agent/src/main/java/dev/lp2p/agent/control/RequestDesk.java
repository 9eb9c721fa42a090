package dev.lp2p.agent.control;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The consent of a user without windows: questions lie here until they are answered by their number, or went away. What is
 * answered is the question that the user saw, since no number is used twice. Methods may be called from any thread.
 */
public final class RequestDesk implements Consent {

    /** Questions at a time, of all sites, programs and devices; what comes beyond them is declined. */
    static final int MAX_OPEN = 256;

    private final Consumer<OpenRequest> onAsked;
    private final Map<Integer, Entry> open = new LinkedHashMap<>();
    private int lastId;

    /**
     * @param before numbers begin after this; another one for each run, so that a late answer to a question of an earlier run
     *     answers nothing
     * @param onAsked is told each question as it comes
     */
    public RequestDesk(int before, Consumer<OpenRequest> onAsked) {
        this.lastId = before;
        this.onAsked = onAsked;
    }

    /** What waits now, the oldest first. */
    public synchronized List<OpenRequest> list() {
        return open.entrySet().stream()
                .map(entry -> entry.getValue().described.apply(entry.getKey()))
                .toList();
    }

    /** Answers a question; says why it cannot be answered so, where it cannot. */
    Optional<String> answer(int id, Reply reply) {
        Entry entry;
        synchronized (this) {
            entry = open.get(id);
        }
        if (entry == null) {
            return Optional.of("There is no open request " + id + ". 'lp2p requests' lists them.");
        }
        Optional<Runnable> effect = entry.effects.apply(reply);
        if (effect.isEmpty()) {
            return Optional.of("Request " + id + " cannot be answered so. 'lp2p requests' says how.");
        }
        synchronized (this) {
            if (!open.remove(id, entry)) {
                return Optional.of("Request " + id + " has just gone away.");
            }
        }
        effect.get().run();
        return Optional.empty();
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest asked) {
        return ask(
                id -> new OpenRequest.Advertise(
                        id, asked.origin().value(), asked.nickname().orElse(null), asked.displayName()),
                RequestDesk::decision,
                Decision.DECLINE);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        return ask(
                id -> new OpenRequest.Choose(
                        id,
                        choice.origin().value(),
                        choice.nickname().orElse(null),
                        choice.candidates().stream()
                                .map(OpenRequest.Candidate::of)
                                .toList()),
                reply -> chosen(choice, reply),
                Optional.empty(),
                reply -> {
                    if (reply instanceof Reply.Deny deny && deny.never()) {
                        choice.block();
                    }
                });
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest asked) {
        return ask(
                id -> new OpenRequest.Incoming(
                        id,
                        asked.peer().displayName(),
                        asked.peer().fingerprint().value(),
                        asked.claimed().map(Origin::value).orElse(null),
                        asked.nickname().orElse(null),
                        asked.receivers().stream()
                                .map(receiver -> receiver.origin().value())
                                .toList(),
                        asked.suspicions().stream().sorted().toList()),
                reply -> incoming(asked, reply),
                IncomingAnswer.refuse(Decision.DECLINE));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return prompt(
                id -> new OpenRequest.CodeShown(
                        id, peer.unverifiedName(), peer.fingerprint().value(), NumericCode.format(code)),
                reply -> isDenial(reply) ? Optional.of(dismiss) : Optional.empty(),
                dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return prompt(
                id -> new OpenRequest.CodeNeeded(
                        id, peer.unverifiedName(), peer.fingerprint().value()),
                reply -> {
                    if (reply instanceof Reply.Code given) {
                        return Optional.of(() -> answer.enter(given.code()));
                    }
                    return isDenial(reply) ? Optional.of(answer::dismiss) : Optional.empty();
                },
                answer::dismiss);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return ask(
                id -> new OpenRequest.AnotherAttempt(id, lostGuesses),
                reply -> yesOrNo(reply).map(yes -> yes ? Decision.ALLOW_ONCE : Decision.DECLINE),
                Decision.DECLINE);
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return ask(
                id -> new OpenRequest.Extend(
                        id, peer.displayName(), peer.fingerprint().value(), origin.value()),
                RequestDesk::yesOrNo,
                false);
    }

    /** Nothing to answer. */
    @Override
    public void connected(Peer peer, Origin origin) {}

    private static Optional<Decision> decision(Reply reply) {
        if (reply instanceof Reply.Allow allow && allow.receiver().isEmpty()) {
            return Optional.of(decision(allow.lifetime()));
        }
        return reply instanceof Reply.Deny deny ? Optional.of(refusal(deny)) : Optional.empty();
    }

    private static Optional<Optional<ChosenPeer>> chosen(PeerChoice choice, Reply reply) {
        if (reply instanceof Reply.Choice wanted) {
            Optional<ChosenPeer> chosen = choice.candidates().stream()
                    .filter(candidate -> candidate.fingerprint().equals(wanted.device()))
                    .findFirst()
                    .map(candidate -> new ChosenPeer(candidate, wanted.lifetime()));
            return chosen.isPresent() ? Optional.of(chosen) : Optional.empty();
        }
        return reply instanceof Reply.Deny ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private static Optional<IncomingAnswer> incoming(IncomingRequest asked, Reply reply) {
        if (reply instanceof Reply.Allow allow) {
            List<Origin> offered = asked.receivers().stream()
                    .map(IncomingRequest.OfferedReceiver::origin)
                    .toList();
            Optional<Origin> only = offered.size() == 1 ? Optional.of(offered.get(0)) : Optional.empty();
            return allow.receiver()
                    .or(() -> only)
                    .filter(offered::contains)
                    .map(receiver -> IncomingAnswer.allow(decision(allow.lifetime()), receiver));
        }
        return reply instanceof Reply.Deny deny ? Optional.of(IncomingAnswer.refuse(refusal(deny))) : Optional.empty();
    }

    private static Decision decision(Grant.Lifetime lifetime) {
        return switch (lifetime) {
            case ONCE -> Decision.ALLOW_ONCE;
            case SESSION -> Decision.ALLOW_SESSION;
            case ALWAYS -> Decision.ALLOW_ALWAYS;
        };
    }

    private static Decision refusal(Reply.Deny deny) {
        return deny.never() ? Decision.NEVER : Decision.DECLINE;
    }

    /** Where it can only be said for now. */
    private static Optional<Boolean> yesOrNo(Reply reply) {
        if (isDenial(reply)) {
            return Optional.of(false);
        }
        return reply instanceof Reply.Allow allow
                        && allow.lifetime() == Grant.Lifetime.ONCE
                        && allow.receiver().isEmpty()
                ? Optional.of(true)
                : Optional.empty();
    }

    private static boolean isDenial(Reply reply) {
        return reply instanceof Reply.Deny deny && !deny.never();
    }

    private <T> CompletionStage<T> ask(
            IntFunction<OpenRequest> described, Function<Reply, Optional<T>> answers, T whenFull) {
        return ask(described, answers, whenFull, reply -> {});
    }

    /**
     * @param answers what a reply means; empty if it is none to this question
     * @param whenFull the answer where there is no place for the question
     * @param onReply what a reply does besides
     */
    private <T> CompletionStage<T> ask(
            IntFunction<OpenRequest> described,
            Function<Reply, Optional<T>> answers,
            T whenFull,
            Consumer<Reply> onReply) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Entry entry = new Entry(described, reply -> answers.apply(reply).map(answer -> () -> {
            onReply.accept(reply);
            result.complete(answer);
        }));
        if (!add(entry)) {
            return CompletableFuture.completedStage(whenFull);
        }
        result.whenComplete((answer, failure) -> remove(entry));
        return result;
    }

    private OpenPrompt prompt(
            IntFunction<OpenRequest> described, Function<Reply, Optional<Runnable>> effects, Runnable dismiss) {
        Entry entry = new Entry(described, effects);
        if (!add(entry)) {
            dismiss.run();
        }
        return outcome -> remove(entry);
    }

    private boolean add(Entry entry) {
        OpenRequest asked;
        synchronized (this) {
            if (open.size() == MAX_OPEN) {
                return false;
            }
            open.put(++lastId, entry);
            asked = entry.described.apply(lastId);
        }
        onAsked.accept(asked);
        return true;
    }

    private synchronized void remove(Entry entry) {
        open.values().remove(entry);
    }

    /** Compared by identity: two questions may say the same. */
    private static final class Entry {

        private final IntFunction<OpenRequest> described;
        private final Function<Reply, Optional<Runnable>> effects;

        private Entry(IntFunction<OpenRequest> described, Function<Reply, Optional<Runnable>> effects) {
            this.described = described;
            this.effects = effects;
        }
    }
}
