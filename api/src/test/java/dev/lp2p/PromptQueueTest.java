package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PromptQueueTest {

    private static final String SUBJECT = "a site";

    private final PromptQueue prompts = new PromptQueue(Runnable::run, Runnable::run);
    private final List<String> asked = new ArrayList<>();

    @Test
    void whereWhatTheUserDecidedCannotBeReadNothingIsAskedAndTheNextQuestionIsPut() {
        CompletableFuture<Boolean> unreadable = prompts.put(
                SUBJECT,
                CompletableFuture::new,
                () -> {
                    throw new IllegalStateException("The disk is gone");
                },
                answer -> {});
        ask("next");

        assertThat(unreadable).isCompletedExceptionally();
        assertThat(asked).containsExactly("next");
    }

    @Test
    void whereAnAnswerCannotBeKeptTheNextQuestionIsPut() {
        CompletableFuture<Boolean> first = prompts.put(SUBJECT, CompletableFuture::new, Optional::empty, answer -> {
            throw new IllegalStateException("The disk is full");
        });
        ask("next");

        first.complete(true);

        assertThat(asked).containsExactly("next");
    }

    private void ask(String question) {
        prompts.put(
                SUBJECT,
                () -> {
                    asked.add(question);
                    return new CompletableFuture<Boolean>();
                },
                Optional::empty,
                answer -> {});
    }
}
