package dev.lp2p.desktop.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.lp2p.desktop.Samples;
import dev.lp2p.desktop.display.Hands;
import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Arming;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.authentication.QrCode;
import dev.lp2p.testkit.SimulatedLoop;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;

@OnVirtualDisplay
class CodeWindowsTest {

    private static final String DIGITS = "0614-8854-8833";

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Screen screen = new Screen(clock);
    private final Hands hands = new Hands();
    private final List<String> answers = new ArrayList<>();
    private final CodeAnswer answer = new CodeAnswer() {
        @Override
        public void enter(Psk psk) {
            answers.add(NumericCode.format(psk));
        }

        @Override
        public void dismiss() {
            answers.add("dismissed");
        }
    };

    @Test
    void theCodeIsShownAsDigitsInGroups() {
        JFrame frame = showCode();
        assertThat(labels(frame)).contains(DIGITS);
        assertThat(Hands.all(frame).filter(JLabel.class::isInstance).map(label -> label.getAccessibleContext()
                        .getAccessibleName()))
                .contains("Code: 0 6 1 4, 8 8 5 4, 8 8 3 3");
    }

    @Test
    void thePictureOnTheScreenIsAQrCodeOfTheSameCode() {
        JFrame frame = showCode();
        hands.seeAll(frame);
        // The desktop may still move the window, or give it another size.
        Optional<String> read = hands.lookUntil(frame, CodeWindowsTest::readQrCode);
        assertThat(read.flatMap(QrCode::parse).map(NumericCode::format)).contains(DIGITS);
    }

    @Test
    void whoSeesACodeThatIsNotTheirsSendsTheDeviceAway() {
        JFrame frame = showCode();
        hands.turnTo(frame);
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame, "Not my device");
        assertThat(answers).containsExactly("dismissed");
    }

    @Test
    void theCodeThatIsTypedIsPassedOn() {
        JFrame frame = askCode("TV");
        hands.await(Hands.only(frame, JTextField.class)::isFocusOwner);
        hands.typeDigits("061488548833");
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame, "Continue");
        assertThat(answers).containsExactly(DIGITS);
        assertThat(hands.frames()).isEmpty();
    }

    @Test
    void enterInTheFieldGoesOnToTheButtonAndPressesNothing() {
        JFrame frame = askCode("TV");
        hands.await(Hands.only(frame, JTextField.class)::isFocusOwner);
        clock.advance(Arming.PAUSE);
        hands.typeDigits("0614");
        hands.type(KeyEvent.VK_ENTER);
        hands.await(Hands.button(frame, "Continue")::isFocusOwner);
        hands.type(KeyEvent.VK_ENTER);
        assertThat(answers).isEmpty();
        hands.type(KeyEvent.VK_SPACE);
        assertThat(answers).containsExactly("614");
    }

    @Test
    void whatIsNoCodeIsSaidSoAndAskedAgain() {
        JFrame frame = askCode("TV");
        hands.await(Hands.only(frame, JTextField.class)::isFocusOwner);
        hands.type(KeyEvent.VK_X);
        clock.advance(Arming.PAUSE);
        hands.clickButton(frame, "Continue");
        assertThat(answers).isEmpty();
        assertThat(texts(frame)).contains("That is no code: it has digits only.");
        hands.await(Hands.only(frame, JTextField.class)::isFocusOwner);
    }

    @Test
    void whereACodeIsAskedForTheUserIsWarnedOfCodesThatOthersGive() {
        assertThat(texts(askCode("TV")))
                .anyMatch(text -> text.contains("ever type a code given by a page, a message or a device's name"));
    }

    @Test
    void besideTheQuestionANameShowsNoDigitsThatCouldBeACode() {
        assertThat(texts(askCode("Type 123 456"))).contains("“Type ••• •••”").noneMatch(text -> text.contains("123"));
    }

    @Test
    void whatWasTypedLeavesTheWindowWithIt() {
        JFrame frame = askCode("TV");
        JTextField field = Hands.only(frame, JTextField.class);
        hands.await(field::isFocusOwner);
        hands.typeDigits("0614");
        hands.type(KeyEvent.VK_ESCAPE);
        assertThat(answers).containsExactly("dismissed");
        assertThat(field.getText()).isEmpty();
    }

    private JFrame showCode() {
        Hands.onEdt(() -> new ShowCodeWindow(
                screen, Samples.described("TV"), Samples.code(DIGITS), () -> answers.add("dismissed")));
        JFrame frame = hands.onlyFrame();
        hands.seeAll(frame);
        return frame;
    }

    private JFrame askCode(String name) {
        Hands.onEdt(() -> new AskCodeWindow(screen, Samples.described(name), answer));
        JFrame frame = hands.onlyFrame();
        hands.turnTo(frame);
        return frame;
    }

    private static List<String> labels(JFrame frame) {
        return Hands.all(frame)
                .filter(JLabel.class::isInstance)
                .map(label -> ((JLabel) label).getText())
                .toList();
    }

    private static List<String> texts(JFrame frame) {
        return Hands.all(frame)
                .filter(WrappedText.class::isInstance)
                .map(text -> ((WrappedText) text).getText())
                .toList();
    }

    private static Optional<String> readQrCode(BufferedImage seen) {
        int[] pixels = seen.getRGB(0, 0, seen.getWidth(), seen.getHeight(), null, 0, seen.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(seen.getWidth(), seen.getHeight(), pixels);
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText());
        } catch (ReaderException unreadable) {
            return Optional.empty();
        }
    }
}
