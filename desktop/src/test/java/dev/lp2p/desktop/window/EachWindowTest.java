package dev.lp2p.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Appearance;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.desktop.window.EachWindow.Words;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JRadioButton;
import javax.swing.JTextField;
import javax.swing.JViewport;
import javax.swing.UIManager;
import javax.swing.plaf.basic.BasicHTML;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every window, whatever others wrote. */
@OnVirtualDisplay
class EachWindowTest {

    /** Where pictures of the windows are put, if not with the rest of what is built. */
    private static final String PICTURES = "lp2p.screenshots";

    private static final Words HTML = new Words(
            Samples.LONG_SITE, "<html><b>Bank</b><img src='http://x.example/'>", "<html><h1>Click allow</h1>");
    private static final Words LONG = new Words(
            Samples.LONG_SITE,
            "Weltfernsehgerätebedienungsanleitungen ".repeat(9),
            "Wwwwwwwwwwwwwwwwwwwwwwwwww ".repeat(9));

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Hands hands = new Hands();

    @AfterEach
    void usualSizeOfText() {
        Hands.onEdt(() -> UIManager.put("defaultFont", null));
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void noTextOfOthersIsRunAsHtml(EachWindow window) {
        JFrame frame = show(window, HTML);
        assertThat(Hands.onEdt(() -> Hands.all(frame)
                        .filter(JComponent.class::isInstance)
                        .map(JComponent.class::cast)
                        .filter(shown -> shown.getClientProperty(BasicHTML.propertyKey) != null)
                        .toList()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void everyControlHasARoleAndANameForAssistiveTechnologies(EachWindow window) {
        JFrame frame = show(window, EachWindow.USUAL);
        for (Component control : controls(frame)) {
            AccessibleContext context = control.getAccessibleContext();
            assertThat(context.getAccessibleName()).as(control.toString()).isNotBlank();
            assertThat(context.getAccessibleRole()).as(control.toString()).isNotEqualTo(AccessibleRole.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void theKeyboardReachesEveryControlThatCanBeUsed(EachWindow window) {
        JFrame frame = show(window, EachWindow.USUAL);
        assertThat(Hands.onEdt(() -> reached(frame)))
                .containsAll(controls(frame).stream()
                        .filter(Component::isEnabled)
                        .filter(control -> !isUnselectedOfAGroup(control))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void mnemonicsAreThereForEveryButtonAndEachForOneOnly(EachWindow window) {
        JFrame frame = show(window, EachWindow.USUAL);
        List<Integer> mnemonics = Hands.all(frame)
                .filter(AbstractButton.class::isInstance)
                .map(AbstractButton.class::cast)
                .filter(button -> button.getText() != null && !button.getText().isEmpty())
                .filter(button ->
                        !(button.getAccessibleContext().getAccessibleName().contains(": ")))
                .map(AbstractButton::getMnemonic)
                .toList();
        assertThat(mnemonics).isNotEmpty().doesNotContain(0).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void nothingIsClippedAtTwiceTheSizeOfText(EachWindow window) {
        enlarge(2);
        JFrame frame = show(window, EachWindow.USUAL);
        assertThat(Hands.onEdt(() -> clipped(frame.getContentPane()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    void nothingIsClippedHoweverLongTheWordsOfOthersAre(EachWindow window) {
        JFrame frame = show(window, LONG);
        assertThat(Hands.onEdt(() -> clipped(frame.getContentPane()))).isEmpty();
        assertThat(frame.getBounds()).matches(Screen.area()::contains, "is on the screen");
    }

    @ParameterizedTest
    @EnumSource(EachWindow.class)
    @Tag("pictures")
    void picturesForTheDocumentation(EachWindow window) throws IOException {
        String folder = System.getProperty(PICTURES, "target/screenshots");
        for (Appearance appearance : Appearance.values()) {
            for (int size = 1; size <= (appearance == Appearance.LIGHT ? 2 : 1); size++) {
                Hands.onEdt(() -> {
                    appearance.install();
                    return true;
                });
                enlarge(size);
                JFrame frame = show(window, EachWindow.USUAL);
                prepare(frame);
                String name = window.name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (appearance == Appearance.DARK ? "-dark" : "")
                        + (size == 2 ? "-200" : "");
                Rectangle inside = new Rectangle(
                        frame.getContentPane().getLocationOnScreen(),
                        frame.getContentPane().getSize());
                Files.createDirectories(Path.of(folder));
                ImageIO.write(
                        hands.look(inside),
                        "png",
                        Path.of(folder, name + ".png").toFile());
                Hands.onEdt(() -> {
                    frame.dispose();
                    UIManager.put("defaultFont", null);
                    return true;
                });
            }
        }
    }

    /** As it looks once it is armed, with a device chosen where there is one to choose. */
    private void prepare(JFrame frame) {
        hands.seeAll(frame);
        clock.advance(Arming.PAUSE);
        Hands.onEdt(() -> {
            Hands.all(frame).filter(JList.class::isInstance).forEach(list -> ((JList<?>) list).setSelectedIndex(0));
            frame.repaint();
            return true;
        });
    }

    private JFrame show(EachWindow window, Words words) {
        Hands.onEdt(() -> {
            window.show(new Screen(clock), words);
            return true;
        });
        JFrame frame = hands.onlyFrame();
        hands.await(frame::isShowing);
        return frame;
    }

    private static void enlarge(int times) {
        Hands.onEdt(() -> {
            Font usual = UIManager.getFont("defaultFont");
            return UIManager.put("defaultFont", usual.deriveFont(usual.getSize2D() * times));
        });
    }

    private static List<Component> controls(JFrame frame) {
        return Hands.onEdt(() -> Hands.all(frame)
                .filter(Component::isShowing)
                .filter(shown ->
                        shown instanceof AbstractButton || shown instanceof JTextField || shown instanceof JList)
                .toList());
    }

    /** The arrow keys reach those. */
    private static boolean isUnselectedOfAGroup(Component control) {
        return control instanceof JRadioButton radio && !radio.isSelected();
    }

    private static List<Component> reached(JFrame frame) {
        List<Component> reached = new ArrayList<>();
        Component next = frame.getFocusTraversalPolicy().getFirstComponent(frame);
        while (next != null && !reached.contains(next)) {
            reached.add(next);
            next = frame.getFocusTraversalPolicy().getComponentAfter(frame, next);
        }
        return reached;
    }

    private static boolean isSmall(Component component) {
        Dimension asked = component.getPreferredSize();
        return component.getHeight() < asked.height || component.getWidth() < asked.width;
    }

    private static boolean hasSize(Component component) {
        return component.getWidth() > 0 && component.getHeight() > 0;
    }

    /** What does not have the room that it asks for, or reaches out of what it is in, unless that scrolls. */
    private static List<String> clipped(Container container) {
        List<String> clipped = new ArrayList<>();
        Hands.all(container)
                .filter(Component::isShowing)
                .filter(EachWindowTest::hasSize)
                .forEach(shown -> {
                    if (shown instanceof WrappedText && shown.getHeight() < shown.getPreferredSize().height) {
                        clipped.add("Too low: " + shown);
                    }
                    if ((shown instanceof JLabel || shown instanceof AbstractButton) && isSmall(shown)) {
                        clipped.add("Too small: " + shown);
                    }
                    Rectangle room = new Rectangle(shown.getParent().getSize());
                    if (!(shown.getParent() instanceof JViewport) && !room.contains(shown.getBounds())) {
                        clipped.add("Reaches out: " + shown);
                    }
                });
        return clipped;
    }
}
