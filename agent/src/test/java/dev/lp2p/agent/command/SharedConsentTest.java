package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Consent.Decision;
import dev.lp2p.Origin;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.agent.control.OpenRequest;
import dev.lp2p.agent.control.RequestDesk;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the user is asked while commands have the agent do something. */
class SharedConsentTest {

    private static final Fingerprint TELEVISION = DeviceMatchTest.device("", 1).fingerprint();
    private static final PeerDescription PEER = new PeerDescription(TELEVISION, "TV");
    private static final Psk CODE = NumericCode.parse("061-488-548").orElseThrow();

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final RequestDesk agent = new RequestDesk(0, question -> {});
    private final SharedConsent consent = new SharedConsent(agent);
    private final GlobalOptions options = new GlobalOptions();
    private final TestStreams streams = new TestStreams("");
    private final CommandContext context = new CommandContext(options, streams.streams());

    @AfterEach
    void end() {
        context.close();
    }

    @Test
    void theCodeOfTheDeviceThatACommandSendsToIsAskedThereIfSomebodyCanAnswer() {
        options.json = true;
        sendTo(TELEVISION);

        consent.askCode(PEER, new NoAnswer());

        assertThat(agent.list()).isEmpty();
        assertThat(streams.out()).contains("'TV' (unverified) shows a code on its screen.");
    }

    @Test
    void otherwiseItIsAskedWhereTheAgentAsks() {
        sendTo(TELEVISION);

        consent.askCode(PEER, new NoAnswer());

        assertThat(agent.list()).singleElement().isInstanceOf(OpenRequest.CodeNeeded.class);
        assertThat(streams.out()).isEmpty();
    }

    @Test
    void theCodeOfAnotherDeviceIsNoneOfTheCommandsBusiness() {
        options.json = true;
        sendTo(DeviceMatchTest.device("", 2).fingerprint());

        consent.askCode(PEER, new NoAnswer());

        assertThat(agent.list()).singleElement().isInstanceOf(OpenRequest.CodeNeeded.class);
    }

    @Test
    void aDeviceThatComesByItselfShowsItsCodeAtWhoReceivesAndWhereTheAgentAsks() throws Exception {
        AutoCloseable receiving = consent.toReceive(CommandConsent.toReceive(context));

        OpenPrompt prompt = consent.showCode(PEER, CODE, () -> {});

        assertThat(agent.list()).singleElement().isInstanceOf(OpenRequest.CodeShown.class);
        assertThat(streams.out()).contains("061-488-548");
        prompt.close(Outcome.AUTHENTICATED);
        assertThat(agent.list()).isEmpty();
        receiving.close();
    }

    @Test
    void whoCallsReceiveWantsToBeSeenAndPagesAreAskedAboutAsEver() throws Exception {
        AutoCloseable receiving = consent.toReceive(CommandConsent.toReceive(context));

        assertThat(advertise(AgentStart.DROP)).isCompletedWithValue(Decision.ALLOW_ONCE);
        assertThat(advertise(new Origin("https://example.com"))).isNotDone();
        assertThat(agent.list()).hasSize(1);
        assertThatThrownBy(() -> consent.toReceive(CommandConsent.toReceive(context)))
                .hasMessageContaining("runs already");

        receiving.close();
        assertThat(advertise(AgentStart.DROP)).isNotDone();
    }

    @Test
    void aScriptedCommandAllowsNobodyToGuessOn() throws Exception {
        options.json = true;
        TestStreams scripted = new TestStreams("yes\n");
        try (CommandContext script = new CommandContext(options, scripted.streams());
                AutoCloseable receiving = consent.toReceive(CommandConsent.toReceive(script));
                AutoCloseable sending = consent.toSend(CommandConsent.toSend(
                        script,
                        new CodePrompts(script, "061-488-548"),
                        choice -> CompletableFuture.completedStage(Optional.empty())))) {
            assertThat(List.of(receiving, sending)).doesNotContainNull();

            CompletableFuture<Decision> answer = consent.allowAnotherAttempt(10).toCompletableFuture();

            assertThat(scripted.out()).isEmpty();
            assertThat(answer).isNotDone();
            assertThat(agent.list()).hasSize(1);
        }
    }

    @Test
    void aTerminalThatIsClosedLeavesTheQuestionToTheAgent() throws Exception {
        TestStreams closed = TestStreams.ofTerminal("");
        try (CommandContext command = new CommandContext(options, closed.streams());
                AutoCloseable receiving = consent.toReceive(CommandConsent.toReceive(command))) {
            assertThat(receiving).isNotNull();

            CompletableFuture<Decision> answer = consent.allowAnotherAttempt(10).toCompletableFuture();
            // Answered after the question above.
            assertThat(command.questions().ask("More? ").answer()).succeedsWithin(GENEROUS);

            assertThat(answer).isNotDone();
            assertThat(agent.list()).hasSize(1);
        }
    }

    private CompletableFuture<Decision> advertise(Origin origin) {
        return consent.allowAdvertising(new AdvertisingRequest(origin, "Laptop", Optional.empty()))
                .toCompletableFuture();
    }

    /** A command has chosen the device. */
    private void sendTo(Fingerprint device) {
        PeerCandidate chosen = new PeerCandidate(Optional.of("TV"), device, false, false, Set.of());
        CommandConsent command = CommandConsent.toSend(
                context,
                new CodePrompts(context, null),
                choice -> CompletableFuture.completedStage(Optional.of(ChosenPeer.once(chosen))));
        context.cleanup().add(consent.toSend(command));
        assertThat(command.choosePeer(new NoChoice()).toCompletableFuture()).isCompleted();
    }

    private record NoAnswer() implements CodeAnswer {
        @Override
        public void enter(Psk psk) {}

        @Override
        public void dismiss() {}
    }

    private record NoChoice() implements PeerChoice {
        @Override
        public Origin origin() {
            return AgentStart.DROP;
        }

        @Override
        public Optional<String> nickname() {
            return Optional.empty();
        }

        @Override
        public List<PeerCandidate> candidates() {
            return List.of();
        }

        @Override
        public void onChange(Consumer<List<PeerCandidate>> listener) {}

        @Override
        public void block() {}
    }
}
