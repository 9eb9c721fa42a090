package dev.lp2p;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request of a peer, on its way to a receiver: one of the same origin, or one that the user chooses. No receiver, a
 * user who declines and one who does not answer look alike to the peer: it is refused at the end of the answer time, and
 * no earlier. Every method belongs to the loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-advertisement">Peer advertisement</a>
 */
final class IncomingConnection {

    private final LocalPeerToPeerManager manager;
    private final PeerSession session;
    private final IncomingConnectionRequest request;
    private final Optional<Origin> claimed;
    private @Nullable Future<?> timer;
    private @Nullable CompletableFuture<IncomingAnswer> question;
    private List<LP2PReceiver> offered = List.of();
    private boolean done;

    IncomingConnection(LocalPeerToPeerManager manager, PeerSession session, IncomingConnectionRequest request) {
        this.manager = manager;
        this.session = session;
        this.request = request;
        this.claimed = request.origin().flatMap(Origin::parse);
    }

    void begin() {
        timer = manager.loop()
                .schedule(this::refuse, manager.settings().answerTime().toMillis(), TimeUnit.MILLISECONDS);
        boolean isNonsense = request.origin().isPresent() && claimed.isEmpty();
        if (!isNonsense) {
            route(manager.advertising().receiversFor(claimed).stream()
                    .filter(receiver -> !isNever(receiver) && !manager.rules().isBlocked(receiver.origin()))
                    .toList());
        }
    }

    /** The session ended. */
    void moot() {
        finish();
    }

    /** There is nothing to ask the user once no receiver is left that was offered; the peer is refused in its time. */
    void receiverStopped() {
        if (question != null && offered.stream().noneMatch(manager.advertising()::isStarted)) {
            ConsentRules.withdraw(question);
        }
    }

    private void route(List<LP2PReceiver> receivers) {
        for (LP2PReceiver receiver : receivers) {
            Optional<Grant.Lifetime> granted = manager.decided().lifetimeOf(key(receiver));
            if (granted.isPresent()) {
                accept(receiver, granted.get());
                return;
            }
        }
        if (!receivers.isEmpty()) {
            ask(receivers);
        }
    }

    private void ask(List<LP2PReceiver> receivers) {
        Peer peer = session.peer();
        offered = receivers;
        CompletableFuture<IncomingAnswer> asked = manager.rules()
                .allowIncoming(
                        peer,
                        () -> new IncomingRequest(
                                peer,
                                claimed,
                                ConsentRules.nickname(Optional.of(request.nickname())),
                                receivers.stream()
                                        .map(receiver -> new OfferedReceiver(receiver.origin(), receiver.nickname()))
                                        .toList(),
                                manager.suspicionsOf(peer)));
        question = asked;
        asked.thenAcceptAsync(this::onAnswer, manager.loop());
    }

    private void onAnswer(IncomingAnswer answer) {
        if (done) {
            return;
        }
        if (answer.decision() == Decision.NEVER) {
            offered.forEach(
                    receiver -> manager.decided().keep(key(receiver), Grant.Decision.NEVER, Grant.Lifetime.ALWAYS));
        }
        if (answer.decision().isAllowed()) {
            offered.stream()
                    .filter(receiver -> answer.receiver().equals(Optional.of(receiver.origin())))
                    .filter(receiver -> manager.advertising().isStarted(receiver))
                    .findFirst()
                    .ifPresent(receiver -> {
                        Grant.Lifetime lifetime = lifetime(answer.decision());
                        manager.decided().keep(key(receiver), Grant.Decision.ALLOW, lifetime);
                        accept(receiver, lifetime);
                    });
        }
    }

    private void accept(LP2PReceiver receiver, Grant.Lifetime lifetime) {
        Grant.Key key = key(receiver);
        manager.decided().used(key);
        ConnectionTerms terms = new ConnectionTerms(key, lifetime, receiver.nickname());
        LP2PConnectionImpl connection =
                session.adopt(request.accept(terms.nickname().orElse("")), terms);
        finish();
        manager.connected(connection, () -> receiver.deliver(connection));
    }

    private void refuse() {
        if (!done) {
            request.refuse();
            finish();
        }
    }

    private void finish() {
        if (done) {
            return;
        }
        done = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (question != null) {
            question.cancel(true);
        }
        session.answered(this);
    }

    private boolean isNever(LP2PReceiver receiver) {
        return manager.decided()
                .find(key(receiver))
                .filter(grant -> grant.decision() == Grant.Decision.NEVER)
                .isPresent();
    }

    private Grant.Key key(LP2PReceiver receiver) {
        return Grant.Key.incoming(session.peer().fingerprint(), receiver.origin(), claimed);
    }

    private static Grant.Lifetime lifetime(Decision decision) {
        return switch (decision) {
            case ALLOW_SESSION -> Grant.Lifetime.SESSION;
            case ALLOW_ALWAYS -> Grant.Lifetime.ALWAYS;
            default -> Grant.Lifetime.ONCE;
        };
    }
}
