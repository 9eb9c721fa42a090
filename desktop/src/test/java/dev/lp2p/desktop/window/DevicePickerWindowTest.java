package dev.lp2p.desktop.window;

import static dev.lp2p.desktop.Samples.granted;
import static dev.lp2p.desktop.Samples.known;
import static dev.lp2p.desktop.Samples.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.Origin;
import dev.lp2p.PeerCandidate;
import dev.lp2p.Suspicion;
import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.swing.JFrame;
import javax.swing.JList;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

@OnVirtualDisplay
class DevicePickerWindowTest {

    private static final PeerCandidate PHONE = stranger("Phone");
    private static final PeerCandidate TV = known("TV");
    private static final PeerCandidate LAPTOP = granted("Laptop");

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();
    private final List<Optional<ChosenPeer>> answers = new ArrayList<>();
    private final List<DevicePickerWindow> shown = new ArrayList<>();

    @Test
    void theRowThatIsClickedIsTheDeviceThatIsChosen() {
        show(Samples.SITE, PHONE, TV);
        click(1);
        press("Connect");
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(TV, Lifetime.ONCE)));
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void theChoiceIsRememberedOnlyForAsLongAsTheUserSays() {
        show(Samples.SITE, PHONE);
        click(0);
        hands.clickButton(frame(), "Always");
        press("Connect");
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(PHONE, Lifetime.ALWAYS)));
    }

    @Test
    void theChoiceIsRememberedForTheSession() {
        show(Samples.SITE, PHONE);
        click(0);
        hands.clickButton(frame(), "Until the session ends");
        press("Connect");
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(PHONE, Lifetime.SESSION)));
    }

    @Test
    void nothingIsChosenBeforeTheUserChooses() {
        show(Samples.SITE, LAPTOP);
        assertThat(list().getSelectedIndex()).isEqualTo(-1);
        assertThat(Hands.button(frame(), "Connect").isEnabled()).isFalse();
    }

    @Test
    void underThePointerNoRowMovesAndTheDeviceThatWasPointedAtIsTheOneChosen() {
        show(Samples.SITE, PHONE, TV);
        pointAtRow(1);
        update(LAPTOP, PHONE, TV);
        hands.press();
        hands.release();
        press("Connect");
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(TV, Lifetime.ONCE)));
    }

    @Test
    void aDeviceThatWasGrantedComesFirstWhileNobodyPoints() {
        show(Samples.SITE, PHONE, TV);
        hands.away();
        update(LAPTOP, PHONE, TV);
        assertThat(names()).startsWith("“Laptop”, known, allowed before", "“Phone”, new, asks for a code");
    }

    @Test
    void aDeviceThatLeavesUnderThePointerStaysAsARowThatCannotBeChosen() {
        show(Samples.SITE, PHONE, TV);
        click(0);
        update(TV);
        assertThat(names()).containsExactly("“Phone”, gone or changed", "“TV”, known");
        assertThat(Hands.button(frame(), "Connect").isEnabled()).isFalse();
        click(0);
        press("Connect");
        assertThat(answers).isEmpty();
    }

    @Test
    void aChosenDeviceOfWhichMoreIsToBeSaidMustBeChosenAgain() {
        show(Samples.SITE, PHONE);
        click(0);
        update(suspicious(PHONE));
        assertThat(names())
                .containsExactly(
                        "“Phone”, gone or changed",
                        "“Phone”, is not the known device of this name, new, asks for a code");
        press("Connect");
        assertThat(answers).isEmpty();
        click(1);
        press("Connect");
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(suspicious(PHONE), Lifetime.ONCE)));
    }

    @Test
    void aRowThatWouldSayMorePushesNoOtherUnderThePointer() {
        show(Samples.SITE, LAPTOP, TV);
        pointAtRow(1);
        Rectangle before = bounds(1);
        update(suspicious(LAPTOP), TV);
        assertThat(bounds(1)).isEqualTo(before);
        assertThat(names().get(1)).isEqualTo("“TV”, known");
    }

    @Test
    void theKeyboardAloneChooses() {
        show(Samples.SITE, PHONE, TV);
        hands.await(list()::isFocusOwner);
        hands.type(KeyEvent.VK_DOWN);
        hands.type(KeyEvent.VK_DOWN);
        clock.advance(Arming.PAUSE);
        hands.type(KeyEvent.VK_N, KeyEvent.VK_ALT);
        assertThat(answers).containsExactly(Optional.of(new ChosenPeer(TV, Lifetime.ONCE)));
    }

    @Test
    void aSuspiciousDeviceIsToldApart() {
        show(Samples.SITE, Samples.suspicious("TV"));
        assertThat(names()).containsExactly("“TV”, is not the known device of this name, new, asks for a code");
    }

    @Test
    void theSiteCanBeBlocked() {
        Samples.Choice choice = show(Samples.SITE, PHONE);
        press("Block this site");
        assertThat(choice.isBlocked).isTrue();
        assertThat(answers).containsExactly(Optional.empty());
    }

    @Test
    void cancelDismisses() {
        show(Samples.SITE, PHONE);
        press("Cancel");
        assertThat(answers).containsExactly(Optional.empty());
    }

    @Test
    void aLongOriginIsShownWhole() {
        show(Samples.LONG_SITE, PHONE);
        WrappedText origin = text(Samples.LONG_SITE.value());
        assertThat(origin.getSize().height).isGreaterThanOrEqualTo(origin.getPreferredSize().height);
        Rectangle inWindow = Hands.onEdt(
                () -> SwingUtilities.convertRectangle(origin, origin.getVisibleRect(), frame().getContentPane()));
        assertThat(inWindow.getSize()).isEqualTo(origin.getSize());
    }

    @Test
    void lettersOfOtherScriptsStandAsTheBrowserSendsThemWithAWarning() {
        show(Samples.LOOK_ALIKE_SITE, PHONE);
        assertThat(text("https://xn--chss-w4d.example").isShowing()).isTrue();
        assertThat(texts()).anyMatch(text -> text.startsWith("Has letters beyond a to z, which can imitate"));
    }

    private Samples.Choice show(Origin origin, PeerCandidate... candidates) {
        Samples.Choice choice = new Samples.Choice(origin, Optional.empty());
        shown.add(Hands.onEdt(() -> new DevicePickerWindow(new Screen(clock), choice, answers::add)));
        update(candidates);
        hands.turnTo(frame());
        return choice;
    }

    private void update(PeerCandidate... candidates) {
        Hands.onEdt(() -> {
            shown.get(0).update(List.of(candidates));
            return true;
        });
        hands.settle();
    }

    private JFrame frame() {
        return hands.onlyFrame();
    }

    private JList<?> list() {
        return Hands.only(frame(), JList.class);
    }

    private void press(String button) {
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame(), button);
    }

    private void click(int row) {
        pointAtRow(row);
        hands.press();
        hands.release();
        hands.settle();
    }

    private void pointAtRow(int row) {
        Rectangle bounds = bounds(row);
        hands.pointAt(list(), bounds.x + bounds.width / 3, bounds.y + bounds.height / 2);
        hands.settle();
    }

    private Rectangle bounds(int row) {
        return Hands.onEdt(() -> list().getCellBounds(row, row));
    }

    private static PeerCandidate suspicious(PeerCandidate device) {
        return new PeerCandidate(
                device.name(),
                device.fingerprint(),
                device.known(),
                device.granted(),
                Set.of(Suspicion.LOOK_ALIKE_NAME));
    }

    private List<String> names() {
        return Hands.onEdt(() -> {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < list().getModel().getSize(); i++) {
                names.add(list().getAccessibleContext()
                        .getAccessibleChild(i)
                        .getAccessibleContext()
                        .getAccessibleName());
            }
            return names;
        });
    }

    private WrappedText text(String text) {
        return Hands.all(frame())
                .filter(WrappedText.class::isInstance)
                .map(WrappedText.class::cast)
                .filter(shown -> shown.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private List<String> texts() {
        return Hands.all(frame())
                .filter(WrappedText.class::isInstance)
                .map(shown -> ((WrappedText) shown).getText())
                .toList();
    }
}
