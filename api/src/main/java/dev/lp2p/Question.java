package dev.lp2p;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A question to the user, and its answer; once there is an answer, whoever gave it, the question is cancelled, also one that is yet to be put. */
final class Question<T> {

    private final Supplier<CompletionStage<T>> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Question(Supplier<CompletionStage<T>> question) {
        this.question = question;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    CompletableFuture<T> putOn(Executor callbacks) {
        callbacks.execute(this::put);
        return answer;
    }

    private void put() {
        if (answer.isDone()) {
            return;
        }
        try {
            CompletableFuture<T> asked = question.get().toCompletableFuture();
            asked.whenComplete(this::answered);
            // Without effect on a question that was answered.
            answer.whenComplete((value, failure) -> asked.cancel(true));
        } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    private void answered(T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }
}
