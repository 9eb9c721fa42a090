package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.agent.terminal.Amounts;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropResult;
import org.jspecify.annotations.Nullable;

/** How a transfer ended, in a sentence, an event and an exit status. */
final class TransferEnd {

    private static final double MILLIS = 1000;

    private TransferEnd() {}

    static ExitStatus status(DropResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> ExitStatus.DONE;
            case DECLINED -> ExitStatus.DECLINED;
            case PARTIAL, INCOMPLETE -> ExitStatus.INCOMPLETE;
        };
    }

    /**
     * @param view where the transfer was shown, or null if it never began
     * @param done what was done with the files, the first word of a sentence
     * @param where the words after the files
     */
    static void tell(
            CommandContext context, DropResult result, @Nullable TransferView view, String done, String where) {
        String files = done + " " + Amounts.files(result.files()) + ", " + Amounts.bytes(result.bytes()) + ", " + where;
        if (result.outcome() == DropResult.Outcome.COMPLETE && view != null) {
            context.say(files + " in " + Amounts.time(view.elapsed()) + " (" + Amounts.rate(view.averageRate()) + ").");
            context.emit(new Event.Done(
                    result.files(), result.bytes(), view.elapsed().toMillis() / MILLIS));
            return;
        }
        String failure = failure(result);
        context.say(result.files() > 0 ? files + ". " + failure : failure);
        context.emit(new Event.Failed(failure));
    }

    private static String failure(DropResult result) {
        DropReason reason = result.reason();
        String why = reason == null ? "" : reason.sentence() + ".";
        String what =
                switch (result.outcome()) {
                    case COMPLETE, DECLINED -> "";
                    case PARTIAL -> Amounts.files(result.failed()) + " did not arrive. ";
                    case INCOMPLETE -> "The transfer did not come to its end. ";
                };
        return (what + why).strip();
    }
}
