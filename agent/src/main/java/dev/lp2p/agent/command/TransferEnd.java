package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropResult;
import dev.lp2p.terminal.Amounts;
import org.jspecify.annotations.Nullable;

/** How a transfer ended, in a sentence, an event and an exit status. */
final class TransferEnd {

    private static final double MILLIS = 1000;
    private static final long BYTES_WITH_A_RATE = 1_000_000;

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
     * @param declined the sentence for an offer that the person at the receiver did not want
     */
    static void tell(
            CommandContext context,
            DropResult result,
            @Nullable TransferView view,
            String done,
            String where,
            String declined) {
        String files = done + " " + Amounts.files(result.files()) + ", " + Amounts.bytes(result.bytes()) + ", " + where;
        if (result.outcome() == DropResult.Outcome.COMPLETE && view != null) {
            context.say(files + " in " + Amounts.time(view.elapsed()) + rate(result, view) + ".");
            context.emit(new Event.Done(
                    result.files(), result.bytes(), view.elapsed().toMillis() / MILLIS));
            return;
        }
        String failure = failure(result, declined);
        context.say(result.files() > 0 ? files + ". " + failure : failure);
        context.emit(new Event.Failed(failure));
    }

    /** Of a few bytes it would say how long the greeting took, not how fast the network is. */
    private static String rate(DropResult result, TransferView view) {
        return result.bytes() < BYTES_WITH_A_RATE ? "" : " (" + Amounts.rate(view.averageRate()) + ")";
    }

    private static String failure(DropResult result, String declined) {
        DropReason reason = result.reason();
        if (reason == DropReason.DECLINED) {
            return declined;
        }
        String why = reason == null ? "" : sentence(reason) + ".";
        String what =
                switch (result.outcome()) {
                    case COMPLETE, DECLINED -> "";
                    case PARTIAL -> Amounts.files(result.failed()) + " did not arrive. ";
                    case INCOMPLETE -> "The transfer did not come to its end. ";
                };
        return (what + why).strip();
    }

    private static String sentence(DropReason reason) {
        // Who cancels on this device ends the command, and reads no more.
        return reason == DropReason.CANCELLED ? "The other device stopped it" : reason.sentence();
    }
}
