package dev.lp2p.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.Component;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnVirtualDisplay
class DevicesWindowTest {

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();
    private final Samples.Management management = new Samples.Management();
    private JFrame frame;

    @Test
    void aDeviceIsForgotten() {
        press(named("Forget: Living Room"));
        assertThat(management.knownPeers()).extracting("displayName").containsExactly("Maria's laptop");
        hands.await(() -> !actions().contains("Forget: Living Room"));
    }

    @Test
    void aGrantIsRevoked() {
        turnTo("Permissions");
        press(named("Revoke: https://chess.example, Living Room"));
        assertThat(management.grants()).hasSize(1);
        hands.await(() -> !actions().contains("Revoke: https://chess.example, Living Room"));
    }

    @Test
    void aRuleOfASiteIsRemoved() {
        turnTo("Permissions");
        press(named("Remove: " + Samples.LOOK_ALIKE_SITE));
        assertThat(management.originRules()).containsOnlyKeys(Samples.SITE);
    }

    @Test
    void whatConnectedIsListedTheLastFirst() {
        turnTo("History");
        assertThat(Hands.onEdt(() -> Hands.all(frame)
                        .filter(Component::isShowing)
                        .filter(WrappedText.class::isInstance)
                        .map(shown -> ((WrappedText) shown).getText())
                        .filter(text -> text.endsWith("“Living Room”"))
                        .toList()))
                .containsExactly(
                        "Connected to “Living Room”", "Disconnected from “Living Room”", "Connected to “Living Room”");
    }

    @Test
    void whatWasTakenBackElsewhereIsGoneWhenTheUserTurnsToTheWindow() {
        JFrame other = Hands.onEdt(() -> {
            JFrame shown = new JFrame("Another program");
            shown.setBounds(0, 0, 300, 200);
            shown.setVisible(true);
            return shown;
        });
        hands.turnTo(other);
        management.forget(Samples.LIVING_ROOM.fingerprint());
        hands.turnTo(frame);
        hands.await(() -> actions().equals(List.of("Forget: Maria's laptop")));
    }

    @Test
    void afterARowWentTheButtonsPauseSinceOthersMovedUnderThePointer() {
        clock.advance(Arming.PAUSE);
        hands.click(named("Forget: Living Room"));
        hands.await(() -> !actions().contains("Forget: Living Room"));
        hands.click(named("Forget: Maria's laptop"));
        assertThat(management.knownPeers()).hasSize(1);
    }

    @Test
    void everythingIsClearedOnceTheUserConfirms() {
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame, "Clear all…");
        hands.settle();
        JFrame question = hands.frames().stream()
                .filter(shown -> shown != frame)
                .findFirst()
                .orElseThrow();
        assertThat(management.grants()).hasSize(2);
        hands.turnTo(question);
        clock.advance(Arming.PAUSE);
        hands.clickButton(question, "Clear all");
        assertThat(management.grants()).isEmpty();
        assertThat(management.knownPeers()).isEmpty();
        assertThat(management.originRules()).isEmpty();
        hands.await(() -> actions().isEmpty());
    }

    @BeforeEach
    void show() {
        Hands.onEdt(() -> new DevicesWindow(new Screen(clock), management, Samples.history(), Runnable::run));
        frame = hands.onlyFrame();
        hands.turnTo(frame);
        hands.await(() -> actions().size() == 2);
    }

    private void turnTo(String tab) {
        Hands.onEdt(() -> {
            JTabbedPane tabs = Hands.only(frame, JTabbedPane.class);
            tabs.setSelectedIndex(tabs.indexOfTab(tab));
            return tabs;
        });
        hands.settle();
    }

    private void press(AbstractButton button) {
        clock.advance(Arming.PAUSE);
        hands.click(button);
    }

    private AbstractButton named(String name) {
        return Hands.onEdt(() -> buttons().stream()
                .filter(button -> name.equals(button.getAccessibleContext().getAccessibleName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " among " + actions())));
    }

    /** What can be taken back on the tab that is shown. */
    private List<String> actions() {
        return buttons().stream()
                .map(button -> button.getAccessibleContext().getAccessibleName())
                .filter(name -> name != null && name.contains(": "))
                .toList();
    }

    private List<AbstractButton> buttons() {
        return Hands.all(frame)
                .filter(Component::isShowing)
                .filter(AbstractButton.class::isInstance)
                .map(AbstractButton.class::cast)
                .toList();
    }
}
