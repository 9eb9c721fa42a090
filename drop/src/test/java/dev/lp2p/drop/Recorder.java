package dev.lp2p.drop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What both ends were told. */
final class Recorder {

    private static final int GENEROUS_SECONDS = 30;

    final Sender sender = new Sender();
    final Receiver receiver = new Receiver();

    /** Completes when the test lets the receiver accept. */
    final CompletableFuture<Boolean> released = new CompletableFuture<>();

    /** What a test does at a moment of the transfer. */
    interface Action {
        void run() throws Exception;

        default void runOrFail() {
            try {
                run();
            } catch (Exception e) {
                throw new AssertionError("The test could not do its part", e);
            }
        }
    }

    void release() {
        released.complete(true);
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(GENEROUS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not so within " + GENEROUS_SECONDS + " seconds", e);
        }
    }

    static class Sender implements DropSenderListener {
        final Map<String, Action> atProgress = new ConcurrentHashMap<>();
        final CompletableFuture<Boolean> firstSent = new CompletableFuture<>();
        final CompletableFuture<Boolean> firstFailed = new CompletableFuture<>();
        volatile Action atAccepted = () -> {};

        final List<DropFile> sent = Collections.synchronizedList(new ArrayList<>());
        final Map<String, DropReason> failed = new ConcurrentHashMap<>();
        final Map<String, DropReason> skipped = new ConcurrentHashMap<>();
        final List<Long> progress = Collections.synchronizedList(new ArrayList<>());

        /** Runs once, at the first progress within this file. */
        void atProgress(String file, Action action) {
            atProgress.put(file, action);
        }

        @Override
        public void onAccepted() {
            atAccepted.runOrFail();
        }

        @Override
        public void onProgress(long bytes, long total, String file) {
            progress.add(bytes);
            runOnce(atProgress, file);
        }

        @Override
        public void onFileSent(DropFile file) {
            sent.add(file);
            firstSent.complete(true);
        }

        @Override
        public void onFileFailed(String path, DropReason reason) {
            failed.put(path, reason);
            firstFailed.complete(true);
        }

        @Override
        public void onFileSkipped(String path, DropReason reason) {
            skipped.put(path, reason);
        }
    }

    private static void runOnce(Map<String, Action> actions, String file) {
        Action action = actions.remove(file);
        if (action != null) {
            action.runOrFail();
        }
    }

    static class Receiver implements DropReceiverListener {
        final Map<String, Action> atProgress = new ConcurrentHashMap<>();
        final CompletableFuture<DropOffer> offer = new CompletableFuture<>();
        final CompletableFuture<DropResult> finished = new CompletableFuture<>();
        final List<DropFile> received = Collections.synchronizedList(new ArrayList<>());
        final Map<String, DropReason> refused = new ConcurrentHashMap<>();
        final List<Long> progress = Collections.synchronizedList(new ArrayList<>());
        volatile Action atReceived = () -> {};
        CompletionStage<Decision> decision = CompletableFuture.completedFuture(Decision.ACCEPT);

        @Override
        public CompletionStage<Decision> onOffer(DropOffer offered) {
            offer.complete(offered);
            return decision;
        }

        /** Runs once, at the first progress within this file. */
        void atProgress(String file, Action action) {
            atProgress.put(file, action);
        }

        @Override
        public void onProgress(long bytes, long total, String file) {
            progress.add(bytes);
            runOnce(atProgress, file);
        }

        @Override
        public void onFileReceived(DropFile file) {
            received.add(file);
            atReceived.runOrFail();
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
