package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.drop.DropFile;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropResult;
import dev.lp2p.drop.DropSenderListener;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.UntrustedText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a person or a program sees while this device sends files. */
final class OutgoingFiles implements DropSenderListener {

    /** For a person at the receiver to notice the offer and answer. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);

    private final CommandContext context;
    private final String peer;

    private int files;
    private long bytes;
    private boolean answered;
    private boolean unanswered;
    private @Nullable TransferView view;

    /** @param peer the receiver's name, fit to be shown */
    OutgoingFiles(CommandContext context, String peer) {
        this.context = context;
        this.peer = peer;
    }

    @Override
    public synchronized void onOffered(int offeredFiles, long offeredBytes) {
        files = offeredFiles;
        bytes = offeredBytes;
        context.say("Offering " + Amounts.files(files) + ", " + Amounts.bytes(bytes) + ", to " + peer
                + ". Waiting for the answer there …");
    }

    @Override
    public synchronized void onAccepted() {
        answered = true;
        view = context.view(bytes);
    }

    @Override
    public synchronized void onProgress(long sentBytes, long total, String file) {
        if (view != null) {
            view.progress(file, sentBytes);
        }
    }

    @Override
    public synchronized void onFileSent(DropFile file) {
        context.emit(new Event.Sent(file.path(), file.bytes(), file.sha256().hex()));
        if (files <= IncomingFiles.MAX_FILES_IN_WORDS) {
            context.say(FileWords.arrived(file.path(), file.bytes(), file.sha256()));
        }
    }

    @Override
    public synchronized void onFileFailed(String path, DropReason reason) {
        context.emit(new Event.Failed(reason.sentence(), path));
        context.say("  not sent: " + UntrustedText.path(path) + " (" + reason.sentence() + ")");
    }

    @Override
    public synchronized void onFileSkipped(String path, DropReason reason) {
        context.emit(new Event.Skipped(reason.sentence(), path));
        context.say("  left out: " + UntrustedText.path(path) + " (" + reason.sentence() + ")");
    }

    /** Gives up if nobody answers the offer. */
    void onNoAnswer(Runnable giveUp) {
        context.loop().schedule(() -> giveUpUnlessAnswered(giveUp), ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void giveUpUnlessAnswered(Runnable giveUp) {
        synchronized (this) {
            if (answered) {
                return;
            }
            unanswered = true;
        }
        giveUp.run();
    }

    /** Says how it ended. */
    synchronized ExitStatus finished(DropResult result) {
        if (unanswered) {
            throw new CommandException(
                    ExitStatus.DECLINED,
                    "Nobody answered at " + peer + " within " + Amounts.time(ANSWER_TIMEOUT) + ". Try again later.");
        }
        TransferView ended = view;
        view = null;
        if (ended != null) {
            ended.close();
        }
        TransferEnd.tell(context, result, ended, "Sent", "to " + peer, "It was declined at " + peer + ".");
        return TransferEnd.status(result);
    }
}
