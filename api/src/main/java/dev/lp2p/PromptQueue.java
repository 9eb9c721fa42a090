package dev.lp2p;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts one question at a time for each subject, an origin or a peer; the others wait. Belongs to the loop. */
final class PromptQueue {

    /** Questions of one subject that wait behind the one on the screen. */
    static final int MAX_WAITING = 8;

    private final Executor loop;
    private final Executor callbacks;
    private final Map<Object, Queue<Entry<?>>> queues = new HashMap<>();

    PromptQueue(Executor loop, Executor callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    /**
     * Cancelling the result takes the question back.
     *
     * @param withoutAsking when its turn comes, the answer of who need not be asked
     * @param onAnswered hears of the end of a question that was put, before the next is
     */
    <T> CompletableFuture<T> put(
            Object subject,
            Supplier<CompletionStage<T>> text,
            Supplier<Optional<T>> withoutAsking,
            Consumer<CompletableFuture<T>> onAnswered) {
        Queue<Entry<?>> queue = queues.computeIfAbsent(subject, first -> new ArrayDeque<>());
        if (queue.size() > MAX_WAITING) {
            return CompletableFuture.failedFuture(new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "Too many questions wait for the user; let them be answered, or cancel some"));
        }
        Entry<T> entry = new Entry<>(new Question<>(text), withoutAsking, onAnswered);
        queue.add(entry);
        if (queue.size() == 1) {
            entry.put(callbacks);
        }
        entry.question.answer().whenCompleteAsync((value, failure) -> answered(subject, entry), loop);
        return entry.question.answer();
    }

    private void answered(Object subject, Entry<?> entry) {
        Queue<Entry<?>> queue = queues.get(subject);
        if (queue == null) {
            return;
        }
        boolean wasFirst = queue.peek() == entry;
        queue.remove(entry);
        try {
            entry.answered();
        } finally {
            Entry<?> next = queue.peek();
            if (next == null) {
                queues.remove(subject);
            } else if (wasFirst) {
                next.put(callbacks);
            }
        }
    }

    private static final class Entry<T> {
        private final Question<T> question;
        private final Supplier<Optional<T>> withoutAsking;
        private final Consumer<CompletableFuture<T>> onAnswered;
        private boolean wasPut;

        private Entry(
                Question<T> question, Supplier<Optional<T>> withoutAsking, Consumer<CompletableFuture<T>> onAnswered) {
            this.question = question;
            this.withoutAsking = withoutAsking;
            this.onAnswered = onAnswered;
        }

        private void put(Executor callbacks) {
            try {
                withoutAsking.get().ifPresentOrElse(question.answer()::complete, () -> {
                    wasPut = true;
                    question.putOn(callbacks);
                });
            } catch (RuntimeException failure) {
                // What the user decided before cannot be read, or nobody is there to ask: never a yes.
                question.answer().completeExceptionally(failure);
            }
        }

        private void answered() {
            if (wasPut) {
                onAnswered.accept(question.answer());
            }
        }
    }
}
