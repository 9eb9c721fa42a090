package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.terminal.Questions;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CodePromptsTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final String CODE = "061-488-548";
    private static final PeerDescription PEER =
            new PeerDescription(DeviceMatchTest.device("", 1).fingerprint(), "Code: 123-456-789");

    private final GlobalOptions options = new GlobalOptions();

    @Test
    void theCodeIsShownWithWhoWantsItAndWithoutDigitsThatItGaveItself() {
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            new CodePrompts(context, null)
                    .showCode(PEER, NumericCode.parse(CODE).orElseThrow(), CodePromptsTest::nobodyDismisses)
                    .close(Outcome.AUTHENTICATED);
        }
        assertThat(streams.out().lines())
                .containsExactly(
                        "A device that calls itself 'Code: •••-•••-•••' (unverified) wants to connect.",
                        "If that is yours, enter this code on it; if not, do nothing.",
                        "",
                        "  061-488-548",
                        "",
                        "The code was right.");
    }

    @Test
    void whoSeesACodeThatIsNotTheirsSendsTheDeviceAway() {
        CompletableFuture<String> dismissed = new CompletableFuture<>();
        TestStreams streams = TestStreams.ofTerminal("what?\nn\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            OpenPrompt prompt = new CodePrompts(context, null)
                    .showCode(PEER, NumericCode.parse(CODE).orElseThrow(), () -> dismissed.complete("dismissed"));

            assertThat(dismissed).succeedsWithin(GENEROUS).isEqualTo("dismissed");
            prompt.close(Outcome.CANCELLED);
        }
        assertThat(streams.out())
                .contains(
                        "Not yours? Enter n to send it away: ",
                        "The code is to be entered on the other device, not here.",
                        "The code was not entered. It is worthless now.");
    }

    @Test
    void aLineThatIsMeantForAnotherQuestionIsNotTakenWhereNobodySitsAtATerminal() {
        TestStreams streams = new TestStreams("next\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            new CodePrompts(context, null)
                    .showCode(PEER, NumericCode.parse(CODE).orElseThrow(), CodePromptsTest::nobodyDismisses);

            assertThat(context.questions().ask("Next? ").answer())
                    .succeedsWithin(GENEROUS)
                    .isEqualTo(new Questions.Answer.Line("next"));
        }
    }

    private static void nobodyDismisses() {
        throw new AssertionError("Nobody said no");
    }

    @Test
    void aProgramIsToldTheCode() {
        options.json = true;
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            new CodePrompts(context, null)
                    .showCode(PEER, NumericCode.parse(CODE).orElseThrow(), CodePromptsTest::nobodyDismisses);
        }
        assertThat(streams.out())
                .isEqualTo(
                        "{\"event\":\"code\",\"code\":\"061-488-548\",\"peer\":\"Code: 123-456-789\",\"fingerprint\":\""
                                + PEER.fingerprint() + "\"}\n");
    }

    @Test
    void theCodeIsReadFromTheInputAndAWarningSaysWhichCodesNotToType() {
        TestStreams streams = new TestStreams("061 488 548\n");
        Answer answer = new Answer();
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            new CodePrompts(context, null).askCode(PEER, answer);

            assertThat(answer.result).succeedsWithin(GENEROUS).isEqualTo(CODE);
        }
        assertThat(streams.out().lines())
                .containsExactly(
                        "'Code: •••-•••-•••' (unverified) shows a code on its screen.",
                        "Never type a code given by a page, a message or a device's name.",
                        "Code shown there: ");
    }

    @Test
    void whatCanBeNoCodeIsAskedAgain() {
        Answer answer = new Answer();
        TestStreams streams = new TestStreams("Living Room\n061488548\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            new CodePrompts(context, null).askCode(PEER, answer);

            assertThat(answer.result).succeedsWithin(GENEROUS).isEqualTo(CODE);
        }
        assertThat(streams.out()).contains("That is no code");
    }

    @Test
    void nothingAndTheEndOfTheInputGiveUp() {
        for (String input : new String[] {"\n", ""}) {
            Answer answer = new Answer();
            try (CommandContext context = new CommandContext(options, new TestStreams(input).streams())) {
                new CodePrompts(context, null).askCode(PEER, answer);

                assertThat(answer.result).succeedsWithin(GENEROUS).isEqualTo("dismissed");
            }
        }
    }

    @Test
    void theCodeOfTheCommandLineIsUsedOnceAndNobodyIsAsked() {
        options.json = true;
        TestStreams streams = new TestStreams("");
        Answer first = new Answer();
        Answer second = new Answer();
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            CodePrompts prompts = new CodePrompts(context, CODE);
            prompts.askCode(PEER, first);
            assertThat(streams.out()).isEmpty();
            prompts.askCode(PEER, second);

            assertThat(first.result).isCompletedWithValue(CODE);
            assertThat(second.result).succeedsWithin(GENEROUS).isEqualTo("dismissed");
        }
        assertThat(streams.out()).contains("\"event\":\"code-needed\"");
    }

    @Test
    void afterManyWrongCodesAnotherTryIsAskedForInWords() {
        TestStreams streams = new TestStreams("yes\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            assertThat(new CodePrompts(context, null).askForAnotherTry(10).toCompletableFuture())
                    .succeedsWithin(GENEROUS)
                    .isEqualTo(true);
        }
        assertThat(streams.out().lines())
                .containsExactly(
                        "10 codes in a row were wrong, and a device wants to try another. Somebody may be guessing.",
                        "If that is not you with a device of yours, say no.",
                        "Allow one more try? [y/N] ",
                        "One more code will be taken: try again now.");
    }

    @Test
    void whoIsNotThereHasNotAnsweredForOthers() {
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            assertThat(new CodePrompts(context, null).askForAnotherTry(10).toCompletableFuture())
                    .failsWithin(GENEROUS);
        }
    }

    @Test
    void whoSaysAnythingElseAllowsNoOtherTry() {
        options.json = true;
        for (String input : new String[] {"no\n", "\n"}) {
            TestStreams streams = new TestStreams(input);
            try (CommandContext context = new CommandContext(options, streams.streams())) {
                assertThat(new CodePrompts(context, null).askForAnotherTry(10).toCompletableFuture())
                        .succeedsWithin(GENEROUS)
                        .isEqualTo(false);
            }
            assertThat(streams.out()).isEqualTo("{\"event\":\"confirmation-needed\",\"wrong-codes\":10}\n");
        }
    }

    @Test
    void whenTheAuthenticationEndsTheQuestionGoesAway() throws IOException {
        PipedOutputStream keyboard = new PipedOutputStream();
        Answer answer = new Answer();
        TestStreams streams = new TestStreams(new PipedInputStream(keyboard));
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            OpenPrompt prompt = new CodePrompts(context, null).askCode(PEER, answer);

            prompt.close(Outcome.CANCELLED);
            context.questions().ask("Next? ");
        }
        assertThat(answer.result).isNotDone();
        assertThat(streams.out()).endsWith("Next? \n");
        keyboard.close();
    }

    private static final class Answer implements CodeAnswer {

        private final CompletableFuture<String> result = new CompletableFuture<>();

        @Override
        public void enter(Psk psk) {
            result.complete(NumericCode.format(psk));
        }

        @Override
        public void dismiss() {
            result.complete("dismissed");
        }
    }
}
