package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.identity.Fingerprint;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalConsentTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Origin TV = Origin.ofProgram("tv");
    private static final Origin NAS = Origin.ofProgram("nas");
    private static final Origin SITE = new Origin("https://example.com");
    private static final Peer PHONE = new Peer("Phone", fingerprint(1));

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "y,ALLOW_ONCE",
        "Always,ALLOW_ALWAYS",
        "n,DECLINE",
        "'',DECLINE",
        "never,NEVER",
        "v,NEVER",
        "what,DECLINE"
    })
    void whetherOthersMaySeeThisDeviceIsAskedWithTheProgramAndTheName(String line, Decision decision) {
        var asked = consent(line + "\n")
                .allowAdvertising(new AdvertisingRequest(TV, "Living\u001b[2J Room", Optional.of("Telly")));

        assertThat(asked.toCompletableFuture()).succeedsWithin(GENEROUS).isEqualTo(decision);
        assertThat(output())
                .startsWith("lp2p:tv (calls itself 'Telly') wants other devices to see this one as 'Living[2J Room'.");
    }

    @Test
    void whereTheInputHasEndedNothingIsAllowed() {
        TerminalConsent nobody = consent("");

        assertThat(nobody.allowAdvertising(new AdvertisingRequest(TV, "TV", Optional.empty()))
                        .toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(Decision.DECLINE);
        assertThat(nobody.choosePeer(new OneDevice()).toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(Optional.empty());
        assertThat(nobody.allowIncoming(request(List.of(new OfferedReceiver(TV, Optional.empty()))))
                        .toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(IncomingAnswer.refuse(Decision.DECLINE));
        assertThat(nobody.extendIdle(PHONE, TV).toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({"'',ONCE", "y,ONCE", "s,SESSION", "a,ALWAYS"})
    void aDeviceIsChosenByItsNumberAndForATime(String line, Lifetime lifetime) {
        var chosen = consent("1\n" + line + "\n").choosePeer(new OneDevice());

        assertThat(chosen.toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(Optional.of(new ChosenPeer(OneDevice.PHONE, lifetime)));
    }

    @Test
    void whoChangesTheirMindChoosesNothing() {
        assertThat(consent("1\nn\n").choosePeer(new OneDevice()).toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(Optional.empty());
    }

    @Test
    void whatThePeerClaimsIsShownWithWhatIsVerified() {
        var asked = consent("a\n").allowIncoming(request(List.of(new OfferedReceiver(TV, Optional.empty()))));

        assertThat(asked.toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(IncomingAnswer.allow(Decision.ALLOW_ALWAYS, TV));
        assertThat(output()).contains("Phone says this is https://example.com. Only the device is verified.");
    }

    @Test
    void ofSeveralReceiversThePersonNamesTheOne() {
        List<OfferedReceiver> receivers =
                List.of(new OfferedReceiver(TV, Optional.empty()), new OfferedReceiver(NAS, Optional.of("Files")));

        assertThat(consent("2\n").allowIncoming(request(receivers)).toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(IncomingAnswer.allow(Decision.ALLOW_ONCE, NAS));
        assertThat(output()).contains("   1  lp2p:tv\n   2  lp2p:nas (calls itself 'Files')\n");
        assertThat(consent("3\n").allowIncoming(request(receivers)).toCompletableFuture())
                .succeedsWithin(GENEROUS)
                .isEqualTo(IncomingAnswer.refuse(Decision.DECLINE));
    }

    @Test
    void aQuestionThatIsTakenBackMakesRoomForTheNext() throws IOException {
        PipedOutputStream keyboard = new PipedOutputStream();
        TerminalConsent consent =
                consent(new InputStreamReader(new PipedInputStream(keyboard), StandardCharsets.UTF_8));
        CompletableFuture<Optional<ChosenPeer>> choice =
                consent.choosePeer(new OneDevice()).toCompletableFuture();

        choice.cancel(true);
        consent.extendIdle(PHONE, TV);

        assertThat(output()).endsWith("Keep them connected? [y/N] \n");
        keyboard.close();
    }

    private static IncomingRequest request(List<OfferedReceiver> receivers) {
        return new IncomingRequest(PHONE, Optional.of(SITE), Optional.empty(), receivers, Set.of());
    }

    private TerminalConsent consent(String input) {
        return consent(new StringReader(input));
    }

    private TerminalConsent consent(Reader input) {
        Screen screen = new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false, true, () -> 80);
        return new TerminalConsent(
                screen, new Questions(screen, new BufferedReader(input), InstantSource.system()), false);
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static Fingerprint fingerprint(int key) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) key);
        return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    }

    private record OneDevice() implements PeerChoice {

        static final PeerCandidate PHONE =
                new PeerCandidate(Optional.of("Phone"), fingerprint(1), false, false, Set.of());

        @Override
        public Origin origin() {
            return TV;
        }

        @Override
        public Optional<String> nickname() {
            return Optional.empty();
        }

        @Override
        public List<PeerCandidate> candidates() {
            return List.of(PHONE);
        }

        @Override
        public void onChange(Consumer<List<PeerCandidate>> listener) {
            listener.accept(candidates());
        }

        @Override
        public void block() {
            throw new AssertionError("Nobody blocked it");
        }
    }
}
