package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.drop.DropFile;
import dev.lp2p.drop.DropOffer;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropReceiverListener;
import dev.lp2p.drop.DropResult;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.Questions;
import dev.lp2p.terminal.Questions.Answer;
import dev.lp2p.terminal.UntrustedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person or a program sees and is asked while a device sends files to this one. */
final class IncomingFiles implements DropReceiverListener {

    /** With more files than this, a line for each would hide what matters. */
    static final int MAX_FILES_IN_WORDS = 20;

    private static final int MAX_NAMES_IN_OFFER = 3;

    private final CommandContext context;
    private final Path folder;
    private final boolean accept;
    private final QuietAfterDecline quiet;
    private final Consumer<DropResult> onFinished;

    private Questions.@Nullable Question question;
    private @Nullable TransferView view;
    private boolean declinedQuietly;
    private int files;

    /**
     * @param accept whether offers are taken without asking
     * @param quiet which offers are declined without a word
     * @param onFinished hears of the end of every offer
     */
    IncomingFiles(
            CommandContext context,
            Path folder,
            boolean accept,
            QuietAfterDecline quiet,
            Consumer<DropResult> onFinished) {
        this.context = context;
        this.folder = folder;
        this.accept = accept;
        this.quiet = quiet;
        this.onFinished = onFinished;
    }

    @Override
    public synchronized CompletionStage<Decision> onOffer(DropOffer offer) {
        declinedQuietly = !accept && quiet.isQuiet(offer.peer().fingerprint());
        if (declinedQuietly) {
            return CompletableFuture.completedFuture(Decision.DECLINE);
        }
        String peer = UntrustedText.name(offer.peer().displayName());
        files = offer.files();
        context.emit(new Event.Offer(
                offer.peer().displayName(), offer.peer().fingerprint().value(), offer.files(), offer.bytes()));
        context.say(peer + " offers " + Amounts.files(offer.files()) + ", " + Amounts.bytes(offer.bytes()) + ": "
                + names(offer));
        if (accept) {
            begin(offer);
            return CompletableFuture.completedFuture(Decision.ACCEPT);
        }
        Questions.Question asked = context.questions().ask("Take it into '" + folder + "'? [y/N] ");
        question = asked;
        return asked.answer().thenApply(answer -> remember(offer, decide(offer, answer)));
    }

    @Override
    public synchronized void onProgress(long bytes, long total, String file) {
        if (view != null) {
            view.progress(file, bytes);
        }
    }

    @Override
    public synchronized void onFileReceived(DropFile file) {
        context.emit(
                new Event.Received(file.savedAs(), file.bytes(), file.sha256().toString()));
        if (files <= MAX_FILES_IN_WORDS) {
            context.say(FileWords.arrived(file.savedAs(), file.bytes(), file.sha256()));
        }
    }

    @Override
    public synchronized void onFileRefused(String path, DropReason reason) {
        context.emit(new Event.Failed(reason.sentence(), path));
        context.say("  not taken: " + UntrustedText.path(path) + " (" + reason.sentence() + ")");
    }

    @Override
    public synchronized void onFinished(DropResult result) {
        if (declinedQuietly) {
            declinedQuietly = false;
            onFinished.accept(result);
            return;
        }
        Questions.Question moot = question;
        question = null;
        if (moot != null) {
            moot.cancel();
        }
        TransferView ended = view;
        view = null;
        if (ended != null) {
            ended.close();
        }
        TransferEnd.tell(context, result, ended, "Received", "into '" + folder + "'", "You did not take it.");
        onFinished.accept(result);
    }

    private synchronized Decision decide(DropOffer offer, Answer answer) {
        if (question == null) {
            // The sender has left, which was told; nobody here failed to answer.
            return Decision.DECLINE;
        }
        question = null;
        if (answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("y")) {
            begin(offer);
            return Decision.ACCEPT;
        }
        if (answer instanceof Answer.None) {
            context.say("Nobody answered. 'lp2p receive --accept' takes files without asking.");
        }
        return Decision.DECLINE;
    }

    /** An offer that the peer withdrew counts as well, or it would ask again and again that way. */
    private Decision remember(DropOffer offer, Decision decision) {
        if (decision == Decision.ACCEPT) {
            quiet.accepted(offer.peer().fingerprint());
        } else {
            Duration length = quiet.declined(offer.peer().fingerprint());
            context.say("Another offer of " + UntrustedText.name(offer.peer().displayName()) + " within "
                    + length.toSeconds() + " s is declined without asking.");
        }
        return decision;
    }

    private void begin(DropOffer offer) {
        view = context.view(offer.bytes());
    }

    private static String names(DropOffer offer) {
        String names = offer.names().stream()
                .limit(MAX_NAMES_IN_OFFER)
                .map(UntrustedText::path)
                .collect(Collectors.joining(", "));
        return offer.files() > MAX_NAMES_IN_OFFER ? names + ", …" : names;
    }
}
