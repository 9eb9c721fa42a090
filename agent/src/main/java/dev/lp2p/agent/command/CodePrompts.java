package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.terminal.CodeQuestions;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells programs of codes as well as people, and knows the code of the command line. */
final class CodePrompts {

    private final CommandContext context;
    private final CodeQuestions person;
    private @Nullable String givenCode;

    /** @param givenCode what the command line says the first code to be asked for is, or null */
    CodePrompts(CommandContext context, @Nullable String givenCode) {
        this.context = context;
        this.person = new CodeQuestions(context.screen(), context.questions(), context.isInteractive());
        this.givenCode = givenCode;
    }

    /** Whether a person or a program is there to ask, or a code is known already. */
    synchronized boolean canAnswer() {
        return context.isInteractive() || context.options().json || givenCode != null;
    }

    OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        context.emit(new Event.Code(
                NumericCode.format(psk),
                peer.unverifiedName(),
                peer.fingerprint().value()));
        return person.showCode(peer, psk, dismiss);
    }

    OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        Optional<Psk> given = takeGivenCode();
        if (given.isPresent()) {
            answer.enter(given.get());
            return outcome -> {};
        }
        context.emit(
                new Event.CodeNeeded(peer.unverifiedName(), peer.fingerprint().value()));
        return person.askCode(peer, answer);
    }

    CompletionStage<Boolean> askForAnotherTry(int lostGuesses) {
        context.emit(new Event.ConfirmationNeeded(lostGuesses));
        return person.askForAnotherTry(lostGuesses);
    }

    private synchronized Optional<Psk> takeGivenCode() {
        String code = givenCode;
        givenCode = null;
        return code == null ? Optional.empty() : NumericCode.parse(code);
    }
}
