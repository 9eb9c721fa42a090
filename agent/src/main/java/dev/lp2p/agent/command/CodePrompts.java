package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.authentication.QrCode;
import dev.lp2p.terminal.CodeDisplay;
import dev.lp2p.terminal.Questions;
import dev.lp2p.terminal.Questions.Answer;
import dev.lp2p.terminal.UntrustedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Shows and asks codes on the terminal, and tells programs of them. A device's name is said to be unverified, and next to
 * a question for a code shows no digits, so that it cannot pass one off.
 */
final class CodePrompts {

    private final CommandContext context;
    private @Nullable String givenCode;

    /** @param givenCode what the command line says the first code to be asked for is, or null */
    CodePrompts(CommandContext context, @Nullable String givenCode) {
        this.context = context;
        this.givenCode = givenCode;
    }

    /** Where a person can be asked, they can send the device away; it has the only place for a code otherwise. */
    OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        String code = NumericCode.format(psk);
        context.emit(
                new Event.Code(code, peer.unverifiedName(), peer.fingerprint().value()));
        context.say("A device that calls itself '" + UntrustedText.nameBesideCode(peer.unverifiedName())
                + "' (unverified) wants to connect.");
        context.say("If that is yours, enter this code on it; if not, do nothing.");
        context.say(
                context.screen().isTerminal() && context.screen().isUnicode()
                        ? CodeDisplay.draw(
                                code, QrCode.text(psk), context.screen().columns())
                        : CodeDisplay.plain(code));
        WayOut wayOut = new WayOut(dismiss);
        if (context.isInteractive()) {
            wayOut.offer();
        }
        return outcome -> {
            wayOut.close();
            context.say(
                    switch (outcome) {
                        case AUTHENTICATED -> "The code was right.";
                        case FAILED -> "The code was wrong. It is worthless now; the next try gets a new one.";
                        case CANCELLED -> "The code was not entered. It is worthless now.";
                    });
        };
    }

    OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        Optional<Psk> given = takeGivenCode();
        if (given.isPresent()) {
            answer.enter(given.get());
            return outcome -> {};
        }
        context.emit(
                new Event.CodeNeeded(peer.unverifiedName(), peer.fingerprint().value()));
        context.say(List.of(
                "'" + UntrustedText.nameBesideCode(peer.unverifiedName())
                        + "' (unverified) shows a code on its screen.",
                "Never type a code given by a page, a message or a device's name."));
        OpenQuestion question = new OpenQuestion(answer);
        question.ask();
        return question;
    }

    /** Whether the person allows one more try after that many wrong codes in a row; no answer is no. */
    CompletionStage<Boolean> askForAnotherTry(int lostGuesses) {
        context.emit(new Event.ConfirmationNeeded(lostGuesses));
        context.say(List.of(
                lostGuesses
                        + " codes in a row were wrong, and a device wants to try another. Somebody may be guessing.",
                "If that is not you with a device of yours, say no."));
        return context.questions().ask("Allow one more try? [y/N] ").answer().thenApply(this::isYes);
    }

    private boolean isYes(Answer answer) {
        boolean yes = answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y");
        context.say(yes ? "One more code will be taken: try again now." : "No further code is taken for a while.");
        return yes;
    }

    private synchronized Optional<Psk> takeGivenCode() {
        String code = givenCode;
        givenCode = null;
        return code == null ? Optional.empty() : NumericCode.parse(code);
    }

    /** Sends the device away to which a code is shown, if a person says so. */
    private final class WayOut {

        private final Runnable dismiss;
        private Questions.@Nullable Question question;
        private boolean closed;

        WayOut(Runnable dismiss) {
            this.dismiss = dismiss;
        }

        synchronized void offer() {
            question = context.questions().ask("Not yours? Enter n to send it away: ");
            question.answer().thenAccept(this::answered);
        }

        synchronized void close() {
            closed = true;
            if (question != null) {
                question.cancel();
            }
        }

        private synchronized void answered(Answer answer) {
            if (closed || !(answer instanceof Answer.Line line)) {
                return;
            }
            if (line.text().toLowerCase(Locale.ROOT).startsWith("n")) {
                dismiss.run();
            } else {
                context.say("The code is to be entered on the other device, not here.");
                offer();
            }
        }
    }

    /** Asks until what is entered can be a code. */
    private final class OpenQuestion implements OpenPrompt {

        private final CodeAnswer answer;
        private Questions.@Nullable Question question;
        private boolean closed;

        OpenQuestion(CodeAnswer answer) {
            this.answer = answer;
        }

        @Override
        public synchronized void close(Outcome outcome) {
            closed = true;
            if (question != null) {
                question.cancel();
            }
        }

        synchronized void ask() {
            question = context.questions().ask("Code shown there: ");
            question.answer().thenAccept(this::answered);
        }

        private synchronized void answered(Answer line) {
            if (closed) {
                return;
            }
            if (!(line instanceof Answer.Line entered) || entered.text().isEmpty()) {
                answer.dismiss();
                return;
            }
            NumericCode.parse(entered.text()).ifPresentOrElse(answer::enter, () -> {
                context.say("That is no code: it has digits, in groups. Enter it again, or nothing to give up.");
                ask();
            });
        }
    }
}
