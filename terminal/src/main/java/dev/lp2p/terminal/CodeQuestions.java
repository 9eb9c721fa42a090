package dev.lp2p.terminal;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.authentication.QrCode;
import dev.lp2p.terminal.Questions.Answer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Shows and asks codes. A device's name is said to be unverified, and next to a question for a code shows no digits, so
 * that it cannot pass one off.
 */
public final class CodeQuestions {

    private final Screen screen;
    private final Questions questions;
    private final boolean interactive;

    /** @param interactive whether a person reads the screen and types the answers */
    public CodeQuestions(Screen screen, Questions questions, boolean interactive) {
        this.screen = screen;
        this.questions = questions;
        this.interactive = interactive;
    }

    /** Where a person can be asked, they can send the device away; it has the only place for a code otherwise. */
    public OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        String code = NumericCode.format(psk);
        screen.say("A device that calls itself '" + UntrustedText.nameBesideCode(peer.unverifiedName())
                + "' (unverified) wants to connect.");
        screen.say("If that is yours, enter this code on it; if not, do nothing.");
        screen.say(
                screen.isTerminal() && screen.isUnicode()
                        ? CodeDisplay.draw(code, QrCode.text(psk), screen.columns())
                        : CodeDisplay.plain(code));
        WayOut wayOut = new WayOut(dismiss);
        if (interactive) {
            wayOut.offer();
        }
        return outcome -> {
            wayOut.close();
            screen.say(
                    switch (outcome) {
                        case AUTHENTICATED -> "The code was right.";
                        case FAILED -> "The code was wrong. It is worthless now; the next try gets a new one.";
                        case CANCELLED -> "The code was not entered. It is worthless now.";
                    });
        };
    }

    /** Asks until what is entered can be a code. */
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        screen.say(List.of(
                "'" + UntrustedText.nameBesideCode(peer.unverifiedName())
                        + "' (unverified) shows a code on its screen.",
                "Never type a code given by a page, a message or a device's name."));
        OpenQuestion question = new OpenQuestion(answer);
        question.ask();
        return question;
    }

    /**
     * Whether the person allows one more try after that many wrong codes in a row. Cancelled if nobody is there to answer,
     * which is no yes, but not the no of somebody who is asked elsewhere too.
     */
    public CompletableFuture<Boolean> askForAnotherTry(int lostGuesses) {
        screen.say(List.of(
                lostGuesses
                        + " codes in a row were wrong, and a device wants to try another. Somebody may be guessing.",
                "If that is not you with a device of yours, say no."));
        return questions.ask("Allow one more try? [y/N] ").answer().thenApply(this::isYes);
    }

    private boolean isYes(Answer answer) {
        if (answer instanceof Answer.None) {
            throw new CancellationException("Nobody is there to answer");
        }
        boolean yes = answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y");
        screen.say(yes ? "One more code will be taken: try again now." : "No further code is taken for a while.");
        return yes;
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
            question = questions.ask("Not yours? Enter n to send it away: ");
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
                screen.say("The code is to be entered on the other device, not here.");
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
            question = questions.ask("Code shown there: ");
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
                screen.say("That is no code: it has digits, in groups. Enter it again, or nothing to give up.");
                ask();
            });
        }
    }
}
