package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandConsentTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Origin DROP = new Origin("lp2p:drop");
    private static final IncomingAnswer YES = IncomingAnswer.allow(Decision.ALLOW_ONCE, DROP);

    private final GlobalOptions options = new GlobalOptions();

    @Test
    void whoeverReceivesLetsTheSameProgramOfAnAuthenticatedDeviceConnect() {
        TestStreams streams = new TestStreams("");
        assertThat(answer(streams, Optional.of(DROP))).isEqualTo(YES);
        assertThat(answer(streams, Optional.empty())).isEqualTo(YES);
        assertThat(streams.out()).isEmpty();
    }

    @Test
    void somethingElseOnThatDeviceConnectsAfterAYesOnly() {
        TestStreams streams = new TestStreams("yes\nno\n");
        Optional<Origin> site = Optional.of(new Origin("https://example.com"));

        assertThat(answer(streams, site)).isEqualTo(YES);

        assertThat(streams.out().lines())
                .startsWith("Phone says this is https://example.com. Only the device is verified.");
        assertThat(answer(new TestStreams("no\n"), site).decision()).isEqualTo(Decision.DECLINE);
        assertThat(answer(new TestStreams(""), site).decision()).isEqualTo(Decision.DECLINE);
    }

    @Test
    void aProgramThatAnswersIsToldWhoAsks() {
        options.json = true;
        TestStreams streams = new TestStreams("yes\n");

        answer(streams, Optional.of(new Origin("https://example.com")));

        assertThat(streams.out())
                .contains(
                        "\"event\":\"permission-needed\"", "\"peer\":\"Phone\"", "\"origin\":\"https://example.com\"");
    }

    @Test
    void whoeverSendsOrLooksLetsNobodyIn() {
        try (CommandContext context = new CommandContext(options, new TestStreams("yes\n").streams())) {
            assertThat(CommandConsent.toLook(context)
                            .allowIncoming(request(Optional.of(DROP)))
                            .toCompletableFuture()
                            .join()
                            .decision())
                    .isEqualTo(Decision.DECLINE);
        }
    }

    private IncomingAnswer answer(TestStreams streams, Optional<Origin> claimed) {
        try (CommandContext context = new CommandContext(options, streams.streams())) {
            return CommandConsent.toReceive(context)
                    .allowIncoming(request(claimed))
                    .toCompletableFuture()
                    .orTimeout(GENEROUS.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private static IncomingRequest request(Optional<Origin> claimed) {
        return new IncomingRequest(
                new Peer("Phone", DeviceMatchTest.device("", 1).fingerprint()),
                claimed,
                Optional.empty(),
                List.of(new OfferedReceiver(DROP, Optional.empty())),
                Set.of());
    }
}
