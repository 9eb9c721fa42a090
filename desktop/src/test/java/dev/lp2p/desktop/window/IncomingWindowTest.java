package dev.lp2p.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Peer;
import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.swing.JRadioButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnVirtualDisplay
class IncomingWindowTest {

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();
    private final List<IncomingAnswer> answers = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "This time only, ALLOW_ONCE",
        "Until the session ends, ALLOW_SESSION",
        "Always, ALLOW_ALWAYS",
    })
    void aRequestIsAllowedForAsLongAsTheUserSays(String lifetime, Decision decision) {
        show(Samples.sameOrigin());
        hands.clickButton(hands.onlyFrame(), lifetime);
        press("Allow");
        assertThat(answers).containsExactly(IncomingAnswer.allow(decision, Samples.SITE));
        assertThat(hands.frames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Decline, DECLINE", "Never, NEVER"})
    void aRequestIsRefusedThisTimeOrForEver(String button, Decision decision) {
        show(Samples.sameOrigin());
        press(button);
        assertThat(answers).containsExactly(IncomingAnswer.refuse(decision));
    }

    @Test
    void escapeDeclines() {
        show(Samples.sameOrigin());
        hands.type(KeyEvent.VK_ESCAPE);
        assertThat(answers).containsExactly(IncomingAnswer.refuse(Decision.DECLINE));
    }

    @Test
    void theWordsSayThatOnlyTheDeviceIsVerified() {
        show(Samples.sameOrigin());
        assertThat(texts()).contains("“Living Room” says this is https://chess.example. Only the device is verified.");
    }

    @Test
    void aNameCannotGoOnAsASentenceOfOurs() {
        IncomingRequest request = Samples.sameOrigin();
        String name = "TV says this is https://bank.example. It is verified.\n";
        show(new IncomingRequest(
                new Peer(name, request.peer().fingerprint()),
                Optional.empty(),
                Optional.empty(),
                request.receivers(),
                Set.of()));
        assertThat(texts())
                .contains(
                        "“TV says this is https://bank.example. It is verified.” does not say for which site or program."
                                + " Only the device is verified.");
    }

    @Test
    void anotherSiteIsReachedOnlyByAnExplicitChoice() {
        show(Samples.otherOrigin());
        assertThat(Hands.button(hands.onlyFrame(), "Allow").isEnabled()).isFalse();
        hands.click(receiver("https://photos.example:8443"));
        press("Allow");
        assertThat(answers).containsExactly(IncomingAnswer.allow(Decision.ALLOW_ONCE, Samples.OTHER_SITE));
    }

    @Test
    void theUserIsToldBothSitesAndWhatIsSuspicious() {
        show(Samples.otherOrigin());
        assertThat(texts())
                .contains(
                        "“Living Room” says this is https://games.example. Only the device is verified.",
                        "That is not the same site or program as here. Choose to which it may connect:",
                        "https://chess.example",
                        "https://photos.example:8443",
                        "Suspicious: this device had another name last time.");
    }

    private void show(IncomingRequest request) {
        Hands.onEdt(() -> new IncomingWindow(new Screen(clock), request, answers::add));
        hands.turnTo(hands.onlyFrame());
    }

    private void press(String button) {
        clock.advance(Arming.PAUSE);
        hands.clickButton(hands.onlyFrame(), button);
    }

    private JRadioButton receiver(String origin) {
        return Hands.all(hands.onlyFrame())
                .filter(JRadioButton.class::isInstance)
                .map(JRadioButton.class::cast)
                .filter(radio -> origin.equals(radio.getAccessibleContext().getAccessibleName()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> texts() {
        return Hands.all(hands.onlyFrame())
                .filter(WrappedText.class::isInstance)
                .map(text -> ((WrappedText) text).getText())
                .toList();
    }
}
