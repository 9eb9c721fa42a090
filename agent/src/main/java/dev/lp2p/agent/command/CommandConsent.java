package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.UntrustedText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The consent of a person at a terminal. Whoever calls {@code receive} wants this device to be seen and devices to
 * connect, each of which needs a code once; what they send is asked for separately. Where a device says that it
 * speaks for something else than {@code lp2p}, it is asked for too. Other commands let nobody in.
 */
final class CommandConsent implements Consent {

    private final CommandContext context;
    private final CodePrompts codes;
    private final PeerChooser chooser;
    private final Decision incoming;
    private volatile @Nullable Fingerprint chosen;

    private CommandConsent(CommandContext context, CodePrompts codes, PeerChooser chooser, Decision incoming) {
        this.context = context;
        this.codes = codes;
        this.chooser = chooser;
        this.incoming = incoming;
    }

    static CommandConsent toReceive(CommandContext context) {
        return new CommandConsent(
                context, new CodePrompts(context, null), CommandConsent::chooseNobody, Decision.ALLOW_ONCE);
    }

    static CommandConsent toSend(CommandContext context, CodePrompts codes, PeerChooser chooser) {
        return new CommandConsent(context, codes, chooser, Decision.DECLINE);
    }

    static CommandConsent toLook(CommandContext context) {
        return new CommandConsent(
                context, new CodePrompts(context, null), CommandConsent::chooseNobody, Decision.DECLINE);
    }

    /** Whether somebody is there who can enter a code, or has. */
    boolean canAnswer() {
        return codes.canAnswer();
    }

    /** Whether a person is there, and not only a program or a code that was given. */
    boolean isInteractive() {
        return context.isInteractive();
    }

    /** Whether it is for this command that the device is dialled. */
    boolean hasChosen(Fingerprint peer) {
        return peer.equals(chosen);
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return CompletableFuture.completedStage(incoming);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        return chooser.choose(choice).thenApply(answer -> {
            answer.ifPresent(peer -> chosen = peer.candidate().fingerprint());
            return answer;
        });
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        if (!incoming.isAllowed()) {
            return CompletableFuture.completedStage(IncomingAnswer.refuse(incoming));
        }
        IncomingAnswer yes =
                IncomingAnswer.allow(incoming, request.receivers().get(0).origin());
        return request.claimed().isEmpty() || request.isSameOrigin()
                ? CompletableFuture.completedStage(yes)
                : new StrangerQuestion(context, request).ask(yes);
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return codes.showCode(peer, code, dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return codes.askCode(peer, answer);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return codes.askForAnotherTry(lostGuesses)
                .thenApply(allowed -> allowed ? Decision.ALLOW_ONCE : Decision.DECLINE);
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        context.emit(
                new Event.Authenticated(peer.displayName(), peer.fingerprint().value()));
        context.say("Connected to " + UntrustedText.name(peer.displayName()) + ".");
    }

    private static CompletionStage<Optional<ChosenPeer>> chooseNobody(PeerChoice choice) {
        return CompletableFuture.completedStage(Optional.empty());
    }
}
