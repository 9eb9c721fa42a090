package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Peer;
import dev.lp2p.drop.DropFile;
import dev.lp2p.drop.DropOffer;
import dev.lp2p.drop.DropReason;
import dev.lp2p.drop.DropReceiverListener.Decision;
import dev.lp2p.drop.DropResult;
import dev.lp2p.drop.Sha256;
import dev.lp2p.testkit.SimulatedLoop;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IncomingFilesTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final String FINGERPRINT =
            DeviceMatchTest.device("", 1).fingerprint().value();
    private static final Sha256 CHECKSUM = new Sha256("ab".repeat(32));
    private static final DropOffer OFFER = new DropOffer(
            new Peer("Anna's\u001b[2J laptop", DeviceMatchTest.device("", 1).fingerprint()),
            "1",
            4,
            1_200_000_000,
            List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg"));

    private final GlobalOptions options = new GlobalOptions();
    private final SimulatedLoop clock = new SimulatedLoop();
    private final List<DropResult> results = new ArrayList<>();

    @Test
    void anOfferIsTakenAfterAYes() {
        TestStreams streams = new TestStreams("yes\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            assertThat(decision(files(context, false))).succeedsWithin(GENEROUS).isEqualTo(Decision.ACCEPT);
        }
        assertThat(streams.out().lines())
                .containsExactly(
                        "Anna's[2J laptop offers 4 files, 1.2 GB: a.jpg, b.jpg, c.jpg, …",
                        "Take it into 'inbox'? [y/N] ");
    }

    @Test
    void anOfferIsDeclinedUnlessTheAnswerIsYes() {
        try (CommandContext context = new CommandContext(options, new TestStreams("\n").streams())) {
            assertThat(decision(files(context, false))).succeedsWithin(GENEROUS).isEqualTo(Decision.DECLINE);
        }
    }

    @Test
    void whereNobodyCanBeAskedAnOfferIsDeclinedAndItSaysHowToTakeOne() {
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            assertThat(decision(files(context, false))).succeedsWithin(GENEROUS).isEqualTo(Decision.DECLINE);
        }
        assertThat(streams.out()).contains("'lp2p receive --accept' takes files without asking.");
    }

    @Test
    void withAcceptNobodyIsAsked() {
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            assertThat(decision(files(context, true))).isCompletedWithValue(Decision.ACCEPT);
        }
        assertThat(streams.out()).doesNotContain("Take it");
    }

    @Test
    void aDeviceWhoseOfferWasDeclinedIsNotAskedAboutAgainForAWhileThatGrows() {
        Duration length = QuietAfterDecline.FIRST;
        TestStreams streams = new TestStreams("n\n".repeat(10) + "y\n" + "n\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            IncomingFiles files = files(context, false);
            for (int i = 1; i <= 10; i++) {
                declines(files);
                clock.advance(length.minusMillis(1));
                declines(files);
                assertThat(questions(streams)).isEqualTo(i);
                clock.advance(Duration.ofMillis(1));
                length = length.multipliedBy(2);
                if (length.compareTo(QuietAfterDecline.LONGEST) > 0) {
                    length = QuietAfterDecline.LONGEST;
                }
            }
            assertThat(decision(files)).succeedsWithin(GENEROUS).isEqualTo(Decision.ACCEPT);
            declines(files);
            clock.advance(QuietAfterDecline.FIRST);
        }
        assertThat(streams.out()).endsWith(" within 5 s is declined without asking.\n");
    }

    @Test
    void anOfferThatIsDeclinedWithoutAskingIsNotToldOf() {
        options.json = true;
        TestStreams streams = new TestStreams("n\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            IncomingFiles files = files(context, false);
            declines(files);
            DropResult declined = new DropResult(DropResult.Outcome.DECLINED, 0, 0, 0, DropReason.DECLINED);
            files.onFinished(declined);
            String told = streams.out() + streams.err();

            declines(files);
            files.onFinished(declined);

            assertThat(streams.out() + streams.err()).isEqualTo(told);
        }
        assertThat(results).hasSize(2);
    }

    private static void declines(IncomingFiles files) {
        assertThat(decision(files)).succeedsWithin(GENEROUS).isEqualTo(Decision.DECLINE);
    }

    private static long questions(TestStreams streams) {
        return streams.out().lines().filter(line -> line.startsWith("Take it")).count();
    }

    @Test
    void whenTheSenderGivesUpTheQuestionGoesAwayAndItIsNotAskedAboutAgainForAWhile() throws IOException {
        PipedOutputStream keyboard = new PipedOutputStream();
        TestStreams streams = new TestStreams(new PipedInputStream(keyboard));
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            IncomingFiles files = files(context, false);
            CompletableFuture<Decision> decision = decision(files);

            files.onFinished(new DropResult(DropResult.Outcome.INCOMPLETE, 0, 0, 0, DropReason.CANCELLED));

            assertThat(decision).succeedsWithin(GENEROUS).isEqualTo(Decision.DECLINE);
            declines(files);
        }
        assertThat(questions(streams)).isEqualTo(1);
        assertThat(streams.out())
                .contains("The transfer did not come to its end. The other device stopped it.")
                .doesNotContain("Nobody answered");
        assertThat(results).hasSize(1);
    }

    @Test
    void whoDeclinedIsNotToldThatTheOtherSideDid() {
        TestStreams streams = new TestStreams("n\n");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            IncomingFiles files = files(context, false);
            assertThat(decision(files)).succeedsWithin(GENEROUS);
            files.onFinished(new DropResult(DropResult.Outcome.DECLINED, 0, 0, 0, DropReason.DECLINED));
        }
        assertThat(streams.out()).endsWith("You did not take it.\n").doesNotContain("other side", "other device");
    }

    @Test
    void aProgramHearsOfTheOfferOfEachFileAndOfTheEnd() {
        options.json = true;
        TestStreams streams = new TestStreams("");
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            IncomingFiles files = files(context, true);
            decision(files);
            files.onFileReceived(new DropFile("a.jpg", 7, CHECKSUM, "a (2).jpg"));
            files.onFileRefused("../b.jpg", DropReason.BAD_PATH);
            files.onFinished(new DropResult(DropResult.Outcome.PARTIAL, 1, 1, 7, null));
        }
        assertThat(streams.out().lines())
                .containsExactly(
                        "{\"event\":\"offer\",\"peer\":\"Anna's\\u001B[2J laptop\",\"fingerprint\":\"" + FINGERPRINT
                                + "\",\"files\":4,\"bytes\":1200000000}",
                        "{\"event\":\"received\",\"path\":\"a (2).jpg\",\"bytes\":7,\"sha256\":\"" + CHECKSUM.hex()
                                + "\"}",
                        "{\"event\":\"failed\",\"reason\":\"" + DropReason.BAD_PATH.sentence()
                                + "\",\"path\":\"../b.jpg\"}",
                        "{\"event\":\"progress\",\"path\":\"\",\"done\":0,\"total\":1200000000}",
                        "{\"event\":\"failed\",\"reason\":\"1 file did not arrive.\"}");
        assertThat(streams.err()).contains("  a (2).jpg, 7 B\n    checksum " + CHECKSUM.hex() + "\n");
    }

    private IncomingFiles files(CommandContext context, boolean accept) {
        return new IncomingFiles(context, Path.of("inbox"), accept, new QuietAfterDecline(clock), results::add);
    }

    private static CompletableFuture<Decision> decision(IncomingFiles files) {
        return files.onOffer(OFFER).toCompletableFuture();
    }
}
