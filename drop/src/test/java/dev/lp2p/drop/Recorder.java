package dev.lp2p.drop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What both ends were told. */
final class Recorder {

    private static final int GENEROUS_SECONDS = 30;

    final Sender sender = new Sender();
    final Receiver receiver = new Receiver();

    static <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(GENEROUS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not so within " + GENEROUS_SECONDS + " seconds", e);
        }
    }

    static class Sender implements DropSenderListener {
        final List<DropFile> sent = new CopyOnWriteArrayList<>();
        final Map<String, DropReason> failed = new ConcurrentHashMap<>();
        final Map<String, DropReason> skipped = new ConcurrentHashMap<>();
        final List<Long> progress = new CopyOnWriteArrayList<>();

        @Override
        public void onProgress(long bytes, long total, String file) {
            progress.add(bytes);
        }

        @Override
        public void onFileSent(DropFile file) {
            sent.add(file);
        }

        @Override
        public void onFileFailed(String path, DropReason reason) {
            failed.put(path, reason);
        }

        @Override
        public void onFileSkipped(String path, DropReason reason) {
            skipped.put(path, reason);
        }
    }

    static class Receiver implements DropReceiverListener {
        final CompletableFuture<DropOffer> offer = new CompletableFuture<>();
        final CompletableFuture<DropResult> finished = new CompletableFuture<>();
        final List<DropFile> received = new CopyOnWriteArrayList<>();
        final Map<String, DropReason> refused = new ConcurrentHashMap<>();
        final List<Long> progress = new CopyOnWriteArrayList<>();
        CompletionStage<Decision> decision = CompletableFuture.completedFuture(Decision.ACCEPT);

        @Override
        public CompletionStage<Decision> onOffer(DropOffer offered) {
            offer.complete(offered);
            return decision;
        }

        @Override
        public void onProgress(long bytes, long total, String file) {
            progress.add(bytes);
        }

        @Override
        public void onFileReceived(DropFile file) {
            received.add(file);
        }

        @Override
        public void onFileRefused(String path, DropReason reason) {
            refused.put(path, reason);
        }

        @Override
        public void onFinished(DropResult result) {
            finished.complete(result);
        }
    }
}
