package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.gateway.TestPage.Frame;
import dev.lp2p.gateway.TwoDevices.Channel;
import dev.lp2p.gateway.TwoDevices.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that take nothing of what their peers send. */
class UntakenTest {

    private static final int CHANNELS = 6;

    /** Of which a few are as much as one page may leave untaken, and all are more than the agent may hold. */
    private static final int MESSAGE_BYTES = 5 << 20;

    private static final long MOST = 24L << 20;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TwoDevices devices;

    @BeforeAll
    static void start() throws Exception {
        devices = new TwoDevices(folder);
    }

    @AfterAll
    static void stop() {
        devices.close();
    }

    @Test
    void aPageThatTakesNothingOfManyChannelsHasLittleOfThemHeldAndLosesNothing() throws Exception {
        devices.tvGateway.budgets().forPages().limit(MOST);
        Pages pages = devices.connect();
        pages.tv().keepCredit();
        sendOnEachChannel(pages);

        take(pages.tv(), (long) CHANNELS * MESSAGE_BYTES);
    }

    @Test
    void whereAllPagesTogetherLeaveTooMuchThatWhichLeavesMostIsCutOff() throws Exception {
        TestPage other = TestPage.welcomed(devices.tvGateway.port(), "https://innocent.example");
        devices.tvGateway.budgets().forPages().limit(MESSAGE_BYTES);
        Pages pages = devices.connect();
        pages.tv().keepCredit();
        Channel channel = pages.openChannel("c");
        pages.phone().sendAll(FrameKind.BINARY_PART, FrameKind.BINARY, channel.atPhone(), new byte[2 * MESSAGE_BYTES]);

        assertThat(pages.tv().awaitClose()).isEqualTo(Limits.CLOSE_ERROR);
        other.say("{'type':'request.resume','request':2}");
        other.hear("request.failed");
    }

    private static void sendOnEachChannel(Pages pages) throws Exception {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(pages.openChannel("c" + i));
        }
        for (Channel channel : channels) {
            pages.phone().sendAll(FrameKind.BINARY_PART, FrameKind.BINARY, channel.atPhone(), new byte[MESSAGE_BYTES]);
        }
    }

    private static void take(TestPage page, long bytes) throws Exception {
        long came = 0;
        while (came < bytes) {
            Object next = page.next();
            if (next instanceof Frame frame) {
                came += frame.payload().length;
                page.give(frame);
            }
        }
        // What it has counts with what the pages of other tests have.
        page.say("{'type':'bye'}");
        page.awaitClose();
    }
}
