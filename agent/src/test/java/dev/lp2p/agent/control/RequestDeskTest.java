package dev.lp2p.agent.control;

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
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequestDeskTest {

    private static final Origin SITE = new Origin("https://example.com");
    private static final Origin OTHER = new Origin("https://other.example");
    private static final Fingerprint PHONE = fingerprint(1);
    private static final Psk CODE = NumericCode.parse("061-488-548").orElseThrow();
    private static final Reply YES = new Reply.Allow(Lifetime.ONCE, Optional.empty());
    private static final Reply NO = new Reply.Deny(false);
    private static final Reply NEVER = new Reply.Deny(true);

    private final List<OpenRequest> told = new ArrayList<>();
    private final RequestDesk desk = new RequestDesk(7, told::add);

    @Test
    void aQuestionWaitsUntilItIsAnsweredByItsNumber() {
        CompletableFuture<Decision> answer = advertise();

        assertThat(desk.list())
                .containsExactly(new OpenRequest.Advertise(8, SITE.value(), null, "Laptop"))
                .isEqualTo(told);
        assertThat(answer).isNotDone();
        assertThat(desk.answer(8, new Reply.Allow(Lifetime.ALWAYS, Optional.empty())))
                .isEmpty();

        assertThat(answer).isCompletedWithValue(Decision.ALLOW_ALWAYS);
        assertThat(desk.list()).isEmpty();
    }

    @Test
    void anAnswerNamesOneQuestionForEver() {
        CompletableFuture<Decision> first = advertise();
        assertThat(desk.answer(8, NO)).isEmpty();
        CompletableFuture<Decision> second = advertise();

        assertThat(desk.answer(8, YES)).contains("There is no open request 8. 'lp2p requests' lists them.");

        assertThat(first).isCompletedWithValue(Decision.DECLINE);
        assertThat(second).isNotDone();
    }

    @Test
    void aQuestionThatIsTakenBackGoesAway() {
        advertise().cancel(true);

        assertThat(desk.list()).isEmpty();
        assertThat(desk.answer(8, YES)).isPresent();
    }

    @Test
    void aDeviceIsChosenByItsFingerprintAndOnlyIfItIsThere() {
        Choice choice = new Choice(List.of(candidate(PHONE)));
        CompletableFuture<Optional<ChosenPeer>> answer = desk.choosePeer(choice).toCompletableFuture();

        assertThat(desk.answer(8, new Reply.Choice(fingerprint(2), Lifetime.ONCE)))
                .isPresent();
        assertThat(desk.answer(8, YES)).isPresent();
        assertThat(answer).isNotDone();
        assertThat(desk.answer(8, new Reply.Choice(PHONE, Lifetime.SESSION))).isEmpty();

        assertThat(answer).isCompletedWithValue(Optional.of(new ChosenPeer(candidate(PHONE), Lifetime.SESSION)));
        assertThat(choice.isBlocked).isFalse();
    }

    @Test
    void theDevicesAreThoseThatAreThereWhenItIsListed() {
        Choice choice = new Choice(new ArrayList<>());
        desk.choosePeer(choice);
        choice.candidates.add(candidate(PHONE));

        assertThat(desk.list())
                .singleElement()
                .isEqualTo(new OpenRequest.Choose(
                        8,
                        SITE.value(),
                        null,
                        List.of(new OpenRequest.Candidate("Phone", PHONE.value(), false, false, List.of()))));
    }

    @Test
    void neverBlocksTheOriginThatWantsADevice() {
        Choice choice = new Choice(List.of());
        CompletableFuture<Optional<ChosenPeer>> answer = desk.choosePeer(choice).toCompletableFuture();

        assertThat(desk.answer(8, NEVER)).isEmpty();

        assertThat(answer).isCompletedWithValue(Optional.empty());
        assertThat(choice.isBlocked).isTrue();
    }

    @Test
    void ofSeveralReceiversOneHasToBeNamed() {
        CompletableFuture<IncomingAnswer> answer = incoming(SITE, OTHER);

        assertThat(desk.answer(8, YES)).isPresent();
        assertThat(desk.answer(8, new Reply.Allow(Lifetime.ONCE, Optional.of(new Origin("https://third.example")))))
                .isPresent();
        assertThat(answer).isNotDone();
        assertThat(desk.answer(8, new Reply.Allow(Lifetime.ONCE, Optional.of(OTHER))))
                .isEmpty();

        assertThat(answer).isCompletedWithValue(IncomingAnswer.allow(Decision.ALLOW_ONCE, OTHER));
    }

    @Test
    void theOnlyReceiverNeedsNoName() {
        CompletableFuture<IncomingAnswer> answer = incoming(SITE);

        assertThat(desk.answer(8, YES)).isEmpty();

        assertThat(answer).isCompletedWithValue(IncomingAnswer.allow(Decision.ALLOW_ONCE, SITE));
    }

    @Test
    void aCodeThatIsShownIsThereAsLongAsItIsGoodAndCanBeSentAway() {
        CompletableFuture<String> dismissed = new CompletableFuture<>();
        OpenPrompt first = desk.showCode(stranger(), CODE, () -> dismissed.complete("dismissed"));

        assertThat(desk.list()).containsExactly(new OpenRequest.CodeShown(8, "Phone", PHONE.value(), "061-488-548"));
        assertThat(desk.answer(8, YES)).isPresent();
        first.close(Outcome.FAILED);
        assertThat(desk.list()).isEmpty();
        assertThat(dismissed).isNotDone();

        desk.showCode(stranger(), CODE, () -> dismissed.complete("dismissed"));
        assertThat(desk.answer(9, NO)).isEmpty();
        assertThat(dismissed).isCompleted();
    }

    @Test
    void aCodeThatIsAskedForIsEnteredOnce() {
        Answer answer = new Answer();
        desk.askCode(stranger(), answer);

        assertThat(desk.answer(8, YES)).isPresent();
        assertThat(desk.answer(8, new Reply.Code(CODE))).isEmpty();
        assertThat(desk.answer(8, new Reply.Code(CODE))).isPresent();

        assertThat(answer.heard).containsExactly("061-488-548");
    }

    @Test
    void whatHoldsForNowOnlyIsNotAllowedForLonger() {
        CompletableFuture<Decision> attempt = desk.allowAnotherAttempt(10).toCompletableFuture();
        CompletableFuture<Boolean> extension =
                desk.extendIdle(new Peer("Phone", PHONE), SITE).toCompletableFuture();

        for (int id = 8; id <= 9; id++) {
            assertThat(desk.answer(id, new Reply.Allow(Lifetime.ALWAYS, Optional.empty())))
                    .isPresent();
            assertThat(desk.answer(id, NEVER)).isPresent();
            assertThat(desk.answer(id, YES)).isEmpty();
        }

        assertThat(attempt).isCompletedWithValue(Decision.ALLOW_ONCE);
        assertThat(extension).isCompletedWithValue(true);
    }

    @Test
    void whatComesWhenTooMuchIsAskedIsDeclined() {
        for (int i = 0; i < RequestDesk.MAX_OPEN; i++) {
            advertise();
        }
        Answer code = new Answer();

        assertThat(advertise()).isCompletedWithValue(Decision.DECLINE);
        desk.askCode(stranger(), code);

        assertThat(code.heard).containsExactly("dismissed");
        assertThat(desk.list()).hasSize(RequestDesk.MAX_OPEN);
    }

    private CompletableFuture<Decision> advertise() {
        return desk.allowAdvertising(new AdvertisingRequest(SITE, "Laptop", Optional.empty()))
                .toCompletableFuture();
    }

    private CompletableFuture<IncomingAnswer> incoming(Origin... receivers) {
        return desk.allowIncoming(new IncomingRequest(
                        new Peer("Phone", PHONE),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(receivers).stream()
                                .map(origin -> new OfferedReceiver(origin, Optional.empty()))
                                .toList(),
                        Set.of()))
                .toCompletableFuture();
    }

    private static PeerDescription stranger() {
        return new PeerDescription(PHONE, "Phone");
    }

    private static PeerCandidate candidate(Fingerprint fingerprint) {
        return new PeerCandidate(Optional.of("Phone"), fingerprint, false, false, Set.of());
    }

    private static Fingerprint fingerprint(int key) {
        byte[] hash = new byte[32];
        hash[0] = (byte) key;
        return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    }

    private static final class Answer implements CodeAnswer {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void enter(Psk psk) {
            heard.add(NumericCode.format(psk));
        }

        @Override
        public void dismiss() {
            heard.add("dismissed");
        }
    }

    private static final class Choice implements PeerChoice {

        private final List<PeerCandidate> candidates;
        private boolean isBlocked;

        private Choice(List<PeerCandidate> candidates) {
            this.candidates = candidates;
        }

        @Override
        public Origin origin() {
            return SITE;
        }

        @Override
        public Optional<String> nickname() {
            return Optional.empty();
        }

        @Override
        public List<PeerCandidate> candidates() {
            return candidates;
        }

        @Override
        public void onChange(Consumer<List<PeerCandidate>> listener) {}

        @Override
        public void block() {
            isBlocked = true;
        }
    }
}
