package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.drop.DropFile;
import dev.lp2p.drop.DropOffer;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropReceiverListener;
import dev.lp2p.drop.DropResult;
import dev.lp2p.drop.DropSenderListener;
import dev.lp2p.drop.Sha256;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.UntrustedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The transfer of {@code lp2p try}, watched at both ends so that what they computed can be compared. */
final class TryTransfer {

    private final CommandContext context;
    private final Map<String, Sha256> arrived = new HashMap<>();
    private final List<DropFile> sent = new ArrayList<>();
    private final CompletableFuture<DropResult> receiverResult = new CompletableFuture<>();
    private long bytes;
    private @Nullable TransferView view;

    TryTransfer(CommandContext context) {
        this.context = context;
    }

    DropSenderListener sender() {
        return new AtSender();
    }

    DropReceiverListener receiver() {
        return new AtReceiver();
    }

    /** Says how it went, once the receiver knows it too. */
    ExitStatus tell(DropResult senderResult) {
        DropResult atReceiver = Waiting.forResult(receiverResult);
        synchronized (this) {
            TransferView ended = view;
            if (ended != null) {
                ended.close();
            }
            boolean equal = atReceiver.outcome() == senderResult.outcome();
            for (DropFile file : sent) {
                equal &= file.sha256().equals(arrived.get(file.savedAs()));
                if (sent.size() <= IncomingFiles.MAX_FILES_IN_WORDS) {
                    tell(file);
                }
            }
            TransferEnd.tell(context, senderResult, ended, "Sent", "encrypted,", "The receiver declined.");
            context.say(
                    equal
                            ? "Both ends computed the same checksums."
                            : "The two ends do not agree on what was sent. Please report this, with what -v shows.");
            return equal ? TransferEnd.status(senderResult) : ExitStatus.INCOMPLETE;
        }
    }

    private void tell(DropFile file) {
        context.say(List.of(
                UntrustedText.path(file.path()) + ", " + Amounts.bytes(file.bytes())
                        + ". The checksum that each end computed:",
                "  " + TryRun.SENDER + "       " + file.sha256().hex(),
                "  " + TryRun.RECEIVER + "  " + arrived.get(file.savedAs())));
    }

    private final class AtSender implements DropSenderListener {

        @Override
        public void onOffered(int files, long offeredBytes) {
            synchronized (TryTransfer.this) {
                bytes = offeredBytes;
            }
        }

        @Override
        public void onAccepted() {
            synchronized (TryTransfer.this) {
                view = context.view(bytes);
            }
        }

        @Override
        public void onProgress(long sentBytes, long total, String file) {
            synchronized (TryTransfer.this) {
                if (view != null) {
                    view.progress(file, sentBytes);
                }
            }
        }

        @Override
        public void onFileSent(DropFile file) {
            synchronized (TryTransfer.this) {
                sent.add(file);
                context.emit(
                        new Event.Sent(file.path(), file.bytes(), file.sha256().hex()));
            }
        }

        @Override
        public void onFileFailed(String path, DropReason reason) {
            context.say("  not sent: " + UntrustedText.path(path) + " (" + reason.sentence() + ")");
        }
    }

    private final class AtReceiver implements DropReceiverListener {

        @Override
        public CompletionStage<Decision> onOffer(DropOffer offer) {
            context.say("'" + TryRun.RECEIVER + "' is offered " + Amounts.files(offer.files()) + ", "
                    + Amounts.bytes(offer.bytes()) + ", and takes them.");
            return CompletableFuture.completedStage(Decision.ACCEPT);
        }

        @Override
        public void onFileReceived(DropFile file) {
            synchronized (TryTransfer.this) {
                arrived.put(file.savedAs(), file.sha256());
                context.emit(new Event.Received(
                        file.savedAs(), file.bytes(), file.sha256().hex()));
            }
        }

        @Override
        public void onFinished(DropResult result) {
            receiverResult.complete(result);
        }
    }
}
