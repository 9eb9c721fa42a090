package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.SimulatedLoop;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScreenAndQuestionsTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final SimulatedLoop clock = new SimulatedLoop();
    private final Screen terminal = new Screen(stream, true, true, () -> 80);
    private final Screen file = new Screen(stream, false, true, () -> 80);

    @Test
    void wordsAppearAboveTheLiveLines() {
        terminal.live(this, List.of("bar 1", "bar 2"));
        terminal.say("a sentence");

        assertThat(new VirtualTerminal(written).text()).isEqualTo("a sentence\nbar 1\nbar 2");
    }

    @Test
    void liveLinesAreRedrawnInPlaceAndLeaveNothingBehind() {
        terminal.say("first");
        terminal.live(this, List.of("10 %", "file"));
        terminal.live(this, List.of("20 %"));
        terminal.live(this, List.of());
        terminal.say("last");

        assertThat(new VirtualTerminal(written).text()).isEqualTo("first\nlast\n");
    }

    @Test
    void liveLinesRestWhileAQuestionIsOpen() {
        terminal.live(this, List.of("10 %"));
        terminal.ask("Accept? ");
        terminal.live(this, List.of("20 %"));
        terminal.say("something happened");

        assertThat(new VirtualTerminal(written).text()).isEqualTo("something happened\nAccept? ");
    }

    @Test
    void aQuestionThatTheTerminalBreaksIntoRowsLeavesNothingBehind() {
        Screen narrow = new Screen(stream, true, true, () -> 10);
        narrow.ask("Number of the device: ");
        narrow.say("1 TV");
        narrow.ask("Exactly 10");
        narrow.say("2 Laptop");

        assertThat(new VirtualTerminal(written, 10).text()).isEqualTo("1 TV\n2 Laptop\nExactly 10");
    }

    @Test
    void whereNoTerminalIsThereAreOnlyWholeLines() {
        file.live(this, List.of("10 %"));
        file.say("a sentence");
        file.ask("Accept? [y/N] ");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a sentence\nAccept? [y/N] \n");
    }

    @Test
    void afterClosingNothingAppears() {
        terminal.live(this, List.of("10 %"));
        terminal.close();
        terminal.say("too late");
        terminal.live(this, List.of("too late"));

        assertThat(new VirtualTerminal(written).text()).isEmpty();
    }

    @Test
    void questionsComeOneAfterAnotherAndEachGetsItsLine() {
        Questions questions = questions("yes\n0614-8854-8833\n");

        Questions.Question first = questions.ask("First? ");
        Questions.Question second = questions.ask("Second? ");

        assertThat(answer(first)).isEqualTo(new Questions.Answer.Line("yes"));
        assertThat(answer(second)).isEqualTo(new Questions.Answer.Line("0614-8854-8833"));
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("First? \nSecond? \n");
    }

    @Test
    void whenTheInputHasEndedEveryQuestionIsDismissed() {
        Questions questions = questions("");

        assertThat(answer(questions.ask("First? "))).isEqualTo(new Questions.Answer.None());
        assertThat(answer(questions.ask("Second? "))).isEqualTo(new Questions.Answer.None());
    }

    @Test
    void aMootQuestionIsTakenAwayAndTheNextOneGetsTheLine() throws IOException {
        PipedWriter keyboard = new PipedWriter();
        Questions questions = new Questions(terminal, new BufferedReader(new PipedReader(keyboard)), clock);
        Questions.Question moot = questions.ask("Moot? ");
        Questions.Question next = questions.ask("Next? ");

        moot.cancel();
        clock.advance(Questions.SETTLING);
        keyboard.write("line\n");
        keyboard.flush();

        assertThat(answer(moot)).isEqualTo(new Questions.Answer.None());
        assertThat(answer(next)).isEqualTo(new Questions.Answer.Line("line"));
    }

    @Test
    void aLineThatWasBegunForAMootQuestionDoesNotAnswerTheNextOne() throws InterruptedException {
        Keyboard keyboard = new Keyboard();
        Questions questions = new Questions(file, keyboard, clock);
        Questions.Question moot = questions.ask("Take A? ");
        keyboard.awaitReader();

        moot.cancel();
        Questions.Question next = questions.ask("Take B? ");
        clock.advance(Questions.SETTLING.minusMillis(1));
        keyboard.type("y");
        keyboard.awaitReader();

        assertThat(next.answer()).isNotDone();
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("is no answer to this one:\nTake B? \n");
        clock.advance(Duration.ofMillis(1));
        keyboard.type("n");
        assertThat(answer(next)).isEqualTo(new Questions.Answer.Line("n"));
    }

    @Test
    void aQuestionThatBecameMootWhileItWaitedIsNeverShown() throws IOException {
        PipedWriter keyboard = new PipedWriter();
        Questions questions = new Questions(file, new BufferedReader(new PipedReader(keyboard)), clock);
        Questions.Question first = questions.ask("First? ");
        Questions.Question second = questions.ask("Second? ");

        second.cancel();
        keyboard.write("yes\n");
        keyboard.flush();

        assertThat(answer(first)).isEqualTo(new Questions.Answer.Line("yes"));
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("Second");
    }

    private Questions questions(String input) {
        return new Questions(file, new BufferedReader(new StringReader(input)), clock);
    }

    private static Questions.Answer answer(Questions.Question question) {
        return assertThat(question.answer()).succeedsWithin(GENEROUS).actual();
    }

    /** Lines that are typed one by one, each while somebody waits for it. */
    private static final class Keyboard extends BufferedReader {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Semaphore readers = new Semaphore(0);

        Keyboard() {
            super(Reader.nullReader());
        }

        void awaitReader() throws InterruptedException {
            assertThat(readers.tryAcquire(GENEROUS.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }

        void type(String line) {
            lines.add(line);
        }

        @Override
        public String readLine() throws IOException {
            readers.release();
            try {
                return lines.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
