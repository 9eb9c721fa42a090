package dev.lp2p.agent.command;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.agent.event.Event;
import dev.lp2p.terminal.Questions;
import dev.lp2p.terminal.Questions.Answer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks whether something on a device that is not {@code lp2p} there may connect; no answer is no. */
record StrangerQuestion(CommandContext context, IncomingRequest request) {

    /** @param yes what to answer if the person allows it */
    CompletionStage<IncomingAnswer> ask(IncomingAnswer yes) {
        context.emit(new Event.PermissionNeeded(
                request.peer().displayName(),
                request.peer().fingerprint().value(),
                request.claimed().map(Origin::value).orElse("")));
        context.say(List.of(request.claim(), "It is not 'lp2p send'."));
        CompletableFuture<IncomingAnswer> result = new CompletableFuture<>();
        Questions.Question question = context.questions().ask("Let it connect and offer files? [y/N] ");
        question.answer()
                .thenAccept(answer -> result.complete(isYes(answer) ? yes : IncomingAnswer.refuse(Decision.DECLINE)));
        result.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                question.cancel();
            }
        });
        return result;
    }

    private static boolean isYes(Answer answer) {
        return answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
