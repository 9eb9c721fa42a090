package dev.lp2p.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent;
import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Consent.Decision;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Appearance;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.swing.JFrame;
import javax.swing.JList;
import javax.swing.JWindow;
import org.junit.jupiter.api.Test;

/** The questions as the manager asks them: from its own threads. */
@OnVirtualDisplay
class DesktopConsentTest {

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();
    private final Desktop desktop = new Desktop(clock, () -> Appearance.LIGHT);
    private final Consent consent = desktop.consent();

    @Test
    void theDeviceThatIsClickedIsTheAnswer() {
        Samples.Choice choice = new Samples.Choice(Samples.SITE, Optional.empty());
        choice.set(Samples.known("TV"));
        CompletableFuture<Optional<ChosenPeer>> answer =
                consent.choosePeer(choice).toCompletableFuture();
        JFrame frame = shown();
        hands.await(() -> Hands.only(frame, JList.class).getModel().getSize() == 1);
        hands.type(KeyEvent.VK_DOWN);
        press(frame, "Connect");
        assertThat(answer.join()).contains(new ChosenPeer(Samples.known("TV"), Lifetime.ONCE));
    }

    @Test
    void aQuestionThatIsCancelledGoesAway() {
        CompletableFuture<Decision> answer =
                consent.allowAdvertising(Samples.advertising()).toCompletableFuture();
        hands.onlyFrame();
        answer.cancel(true);
        hands.await(() -> hands.frames().isEmpty());
    }

    @Test
    void aQuestionThatIsCancelledBeforeItShowsNeverShows() {
        Hands.onEdt(() -> {
            consent.allowAdvertising(Samples.advertising())
                    .toCompletableFuture()
                    .cancel(true);
            return true;
        });
        hands.settle();
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void advertisingIsAllowedOnceAlwaysOrNever() {
        assertThat(advertising("This time only", "Allow")).isEqualTo(Decision.ALLOW_ONCE);
        assertThat(advertising("Always", "Allow")).isEqualTo(Decision.ALLOW_ALWAYS);
        assertThat(advertising("This time only", "Not now")).isEqualTo(Decision.DECLINE);
        assertThat(advertising("This time only", "Never")).isEqualTo(Decision.NEVER);
    }

    @Test
    void anIdleConnectionIsKeptOnlyIfTheUserSaysSo() {
        CompletableFuture<Boolean> kept =
                consent.extendIdle(Samples.LIVING_ROOM, Samples.SITE).toCompletableFuture();
        press(shown(), "Keep it open");
        assertThat(kept.join()).isTrue();
        CompletableFuture<Boolean> dismissed =
                consent.extendIdle(Samples.LIVING_ROOM, Samples.SITE).toCompletableFuture();
        shown();
        hands.type(KeyEvent.VK_ESCAPE);
        assertThat(dismissed.join()).isFalse();
    }

    @Test
    void aCodeGoesOffTheScreenWithItsAuthentication() {
        OpenPrompt prompt = consent.showCode(Samples.described("TV"), Samples.code("0614-8854-8833"), () -> {});
        hands.onlyFrame();
        prompt.close(Outcome.CANCELLED);
        hands.await(() -> hands.frames().isEmpty());
    }

    @Test
    void whatConnectsIsSaidInANoticeThatTakesNoFocusAndStandsInTheHistory() {
        consent.connected(Samples.LIVING_ROOM, Samples.SITE);
        hands.await(() -> !notices().isEmpty());
        assertThat(notices().get(0).isFocusableWindow()).isFalse();
        consent.disconnected(Samples.LIVING_ROOM, Samples.SITE);
        assertThat(desktop.history().list())
                .extracting(ConnectionHistory.Entry::connected)
                .containsExactly(false, true);
    }

    @Test
    void manyNoticesDoNotFillTheScreen() {
        for (int i = 0; i < 20; i++) {
            consent.connected(Samples.LIVING_ROOM, Samples.SITE);
        }
        hands.settle();
        assertThat(Hands.onEdt(this::notices)).hasSize(4);
    }

    @Test
    void whereTheDesktopHasNoTrayTheCallerIsToldSo() {
        assertThat(desktop.showTray(new Samples.Management(), () -> {})).isFalse();
    }

    @Test
    void theWindowOfDevicesOpensOnce() {
        desktop.showDevices(new Samples.Management());
        desktop.showDevices(new Samples.Management());
        assertThat(hands.onlyFrame().getTitle()).isEqualTo("Devices and permissions");
    }

    @Test
    void whereThereIsADisplayWindowsAreAvailable() {
        assertThat(Desktop.whyUnavailable()).isEmpty();
    }

    private Decision advertising(String lifetime, String button) {
        CompletableFuture<Decision> answer =
                consent.allowAdvertising(Samples.advertising()).toCompletableFuture();
        JFrame frame = shown();
        hands.clickButton(frame, lifetime);
        press(frame, button);
        return answer.join();
    }

    private JFrame shown() {
        hands.settle();
        JFrame frame = hands.onlyFrame();
        hands.turnTo(frame);
        return frame;
    }

    private void press(JFrame frame, String button) {
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame, button);
    }

    private List<Window> notices() {
        return Stream.of(Window.getWindows())
                .filter(Window::isShowing)
                .filter(JWindow.class::isInstance)
                .filter(window -> window.getAccessibleContext().getAccessibleName() != null)
                .toList();
    }
}
