package dev.lp2p.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.Decision;
import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every window with a question, shown with one of them. */
@OnVirtualDisplay
class PromptWindowTest {

    private static final String YES = "Allow one more try";
    private static final Duration ALMOST_ARMED = Duration.ofMillis(499);
    private static final Duration ARMED = Duration.ofMillis(500);

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Screen screen = new Screen(clock);
    private final Hands hands = new Hands();
    private final List<Decision> answers = new ArrayList<>();
    private PromptWindow window;
    private JFrame frame;
    private AbstractButton yes;

    @BeforeEach
    void showTheWindow() {
        window = Hands.onEdt(() -> Questions.anotherAttempt(screen, 10, answers::add));
        frame = window.frame();
        yes = Hands.button(frame, YES);
        hands.turnTo(frame);
    }

    @Test
    void aClickWithinHalfASecondDoesNothing() {
        clock.advance(ALMOST_ARMED);
        hands.click(yes);
        assertThat(answers).isEmpty();
    }

    @Test
    void aClickAfterHalfASecondAnswers() {
        clock.advance(ARMED);
        hands.click(yes);
        assertThat(answers).containsExactly(Decision.ALLOW_ONCE);
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void aPressThatBeganBeforeAndEndsAfterDoesNothing() {
        hands.pointAt(yes);
        hands.press();
        clock.advance(ARMED);
        hands.release();
        hands.settle();
        assertThat(answers).isEmpty();
    }

    @Test
    void afterTheWindowMovedAClickWithinHalfASecondDoesNothing() {
        clock.advance(ARMED);
        move();
        clock.advance(ALMOST_ARMED);
        hands.click(yes);
        assertThat(answers).isEmpty();
        clock.advance(ARMED);
        hands.click(yes);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aPressIsLostIfTheWindowMovesUnderIt() {
        clock.advance(ARMED);
        hands.pointAt(yes);
        hands.press();
        move();
        clock.advance(ARMED);
        hands.pointAt(yes);
        hands.release();
        hands.settle();
        assertThat(answers).isEmpty();
    }

    @Test
    void afterTheWindowGainedTheFocusAClickWithinHalfASecondDoesNothing() {
        clock.advance(ARMED);
        JFrame page = page(new JTextField());
        hands.turnTo(page);
        hands.turnTo(frame);
        clock.advance(ALMOST_ARMED);
        hands.click(yes);
        assertThat(answers).isEmpty();
    }

    @Test
    void afterAnotherWindowCameOrWentAClickWithinHalfASecondDoesNothing() {
        clock.advance(ARMED);
        PromptWindow other =
                Hands.onEdt(() -> Questions.idle(screen, Samples.LIVING_ROOM, Samples.SITE, extended -> {}));
        hands.seeAll(other.frame());
        assertThat(Hands.onEdt(() -> window.arming().isArmed())).isFalse();
        clock.advance(ARMED);
        Hands.onEdt(() -> {
            other.close();
            return true;
        });
        hands.turnTo(frame);
        hands.click(yes);
        assertThat(answers).isEmpty();
    }

    @Test
    void keysAnswerNoSoonerThanClicks() {
        clock.advance(ALMOST_ARMED);
        hands.type(KeyEvent.VK_A, KeyEvent.VK_ALT);
        hands.type(KeyEvent.VK_SPACE);
        assertThat(answers).isEmpty();
        clock.advance(ARMED);
        hands.type(KeyEvent.VK_A, KeyEvent.VK_ALT);
        assertThat(answers).containsExactly(Decision.ALLOW_ONCE);
    }

    @Test
    void anAssistiveTechnologyAnswersNoSoonerThanClicks() {
        press();
        assertThat(answers).isEmpty();
        clock.advance(ARMED);
        press();
        assertThat(answers).containsExactly(Decision.ALLOW_ONCE);
    }

    @Test
    void enterAnswersNothing() {
        clock.advance(ARMED);
        hands.type(KeyEvent.VK_ENTER);
        assertThat(answers).isEmpty();
        assertThat(frame.getRootPane().getDefaultButton()).isNull();
        assertThat(frame.isShowing()).isTrue();
    }

    @Test
    void whoeverTurnsToTheWindowStandsOnTheButtonThatGrantsNothing() {
        hands.await(Hands.button(frame, "Refuse")::isFocusOwner);
    }

    @Test
    void tabReachesTheOtherButtonAndSpacePressesIt() {
        hands.await(Hands.button(frame, "Refuse")::isFocusOwner);
        hands.type(KeyEvent.VK_TAB);
        hands.await(yes::isFocusOwner);
        clock.advance(ARMED);
        hands.type(KeyEvent.VK_SPACE);
        assertThat(answers).containsExactly(Decision.ALLOW_ONCE);
    }

    @Test
    void escapeDismisses() {
        hands.type(KeyEvent.VK_ESCAPE);
        assertThat(answers).containsExactly(Decision.DECLINE);
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void closingTheWindowDismisses() {
        SwingUtilities.invokeLater(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
        hands.settle();
        assertThat(answers).containsExactly(Decision.DECLINE);
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void aWindowThatShowsTakesNoFocus() {
        JTextField text = new JTextField(20);
        hands.turnTo(page(text));
        hands.await(text::isFocusOwner);
        PromptWindow second = Hands.onEdt(() -> Questions.anotherAttempt(screen, 10, answers::add));
        hands.seeAll(second.frame());
        hands.type(KeyEvent.VK_A);
        hands.await(() -> text.getText().equals("a"));
        assertThat(text.isFocusOwner()).isTrue();
        assertThat(second.frame().isFocused()).isFalse();
    }

    @Test
    void aWindowStaysInSightOfWhoeverWasAsked() {
        assertThat(frame.isAlwaysOnTop()).isTrue();
        assertThat(frame.isAutoRequestFocus()).isFalse();
    }

    private static JFrame page(JTextField text) {
        return Hands.onEdt(() -> {
            JFrame page = new JFrame("What the user does");
            page.add(text);
            page.setSize(200, 60);
            page.setVisible(true);
            return page;
        });
    }

    private void move() {
        Hands.onEdt(() -> {
            frame.setLocation(frame.getX() + 40, frame.getY() + 30);
            return true;
        });
        hands.seeAll(frame);
    }

    private void press() {
        Hands.onEdt(() -> yes.getAccessibleContext().getAccessibleAction().doAccessibleAction(0));
        hands.settle();
    }
}
