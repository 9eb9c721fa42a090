package dev.lp2p.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person for lines, one question at a time in the order of asking. A line is an answer only to the question that
 * stood open when it was read; what was typed before is no answer, except where the input is a file or a pipe, whose
 * lines wait for their question. Nor is a line that was being typed for a question which was taken away an answer to the
 * one in its place. When the input has ended, every question is dismissed.
 */
public final class Questions {

    /** How soon after a question took the place of another a line was still begun for the other. */
    static final Duration SETTLING = Duration.ofSeconds(1);

    private final Screen screen;
    private final BufferedReader input;
    private final InstantSource clock;
    private final Deque<Question> waiting = new ArrayDeque<>();
    private @Nullable Question open;
    private Instant settled = Instant.MIN;
    private boolean reading;
    private boolean ended;

    public Questions(Screen screen, BufferedReader input, InstantSource clock) {
        this.screen = screen;
        this.input = input;
        this.clock = clock;
    }

    /** Asks when its turn has come. */
    public synchronized Question ask(String prompt) {
        Question question = new Question(prompt);
        waiting.add(question);
        openNext();
        return question;
    }

    private synchronized void openNext() {
        while (open == null && !waiting.isEmpty()) {
            Question next = waiting.remove();
            if (ended) {
                next.dismiss();
            } else {
                open = next;
                // A line that is awaited already may be half typed, for a question that is gone.
                settled = reading ? clock.instant().plus(SETTLING) : Instant.MIN;
                screen.ask(next.prompt);
                read();
            }
        }
    }

    private synchronized void read() {
        if (!reading) {
            reading = true;
            Thread reader = new Thread(this::readLine, "terminal input");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void readLine() {
        String line;
        try {
            line = input.readLine();
        } catch (IOException e) {
            // The terminal is gone, which is how an input ends.
            line = null;
        }
        answered(line);
    }

    private synchronized void answered(@Nullable String line) {
        reading = false;
        ended |= line == null;
        Question question = open;
        if (question == null) {
            return;
        }
        screen.endQuestion(line != null);
        if (line != null && clock.instant().isBefore(settled)) {
            screen.say("That came too soon after another question, and is no answer to this one:");
            screen.ask(question.prompt);
            read();
            return;
        }
        open = null;
        if (line == null) {
            question.dismiss();
        } else {
            question.complete(new Answer.Line(line.strip()));
        }
        openNext();
    }

    private synchronized void cancelled(Question question) {
        waiting.remove(question);
        if (open == question) {
            open = null;
            screen.endQuestion(false);
        }
        question.dismiss();
        openNext();
    }

    /** A question on its way to a person and back. */
    public final class Question {

        private final String prompt;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        private Question(String prompt) {
            this.prompt = prompt;
        }

        /** Completes on a thread of the common pool, where no lock is held; never with an exception. */
        public CompletableFuture<Answer> answer() {
            return answer;
        }

        /** Takes it off the screen because it no longer matters. */
        public void cancel() {
            cancelled(this);
        }

        private void dismiss() {
            complete(new Answer.None());
        }

        private void complete(Answer result) {
            answer.completeAsync(() -> result);
        }
    }

    /** What became of a question. */
    public sealed interface Answer {
        /** What the person entered. */
        record Line(String text) implements Answer {}

        /** There is nobody to ask, or the question became moot. */
        record None() implements Answer {}
    }
}
