package dev.lp2p.desktop.window;

import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.Typography;
import dev.lp2p.desktop.widget.WrappedText;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JTextField;

/** The code that the other device shows, for the user to type. */
public final class AskCodeWindow {

    /** What must never be typed, wherever a code is asked for. */
    public static final String WARNING =
            "Look at the other device. Never type a code given by a page, a message or a device's name.";

    private static final String NOT_A_CODE = "That is no code: it has digits only.";

    private final PromptWindow window;
    private final CodeAnswer answer;
    private final JTextField field = new JTextField();
    private final WrappedText problem = WrappedText.warning(NOT_A_CODE);

    public AskCodeWindow(Screen screen, PeerDescription peer, CodeAnswer answer) {
        this.answer = answer;
        this.window = new PromptWindow(
                screen, "Code of another device", "Type the code the other device shows", this::dismiss);
        window.add(
                PeerCard.of(Texts.quotedBesideCode(peer.unverifiedName()), peer.fingerprint()),
                input(),
                Panel.warning(WrappedText.warning(WARNING)));
        window.noButtonApart();
        window.answer("Cancel", 'C', this::dismiss);
        JButton enter = window.button("Continue", 'N', this::enter);
        // Enter goes on to the button and does not press it: no key that is typed for something else answers.
        field.getActionMap().put(JTextField.notifyAction, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                enter.requestFocusInWindow();
            }
        });
        window.show(field);
    }

    /** Takes it off the screen, and what was typed out of it. */
    public void close() {
        field.setText("");
        window.close();
    }

    private Panel input() {
        field.setFont(Typography.CODE_FIELD.font());
        field.putClientProperty("JTextField.placeholderText", "0000-0000");
        field.getAccessibleContext().setAccessibleDescription(WARNING);
        JLabel label = new JLabel("Code on the other device");
        label.setDisplayedMnemonic('D');
        label.setLabelFor(field);
        problem.setVisible(false);
        return Panel.column(Space.SMALL + Space.TINY, label, field, problem);
    }

    private void enter() {
        NumericCode.parse(field.getText())
                .ifPresentOrElse(
                        code -> {
                            close();
                            answer.enter(code);
                        },
                        this::refuse);
    }

    private void refuse() {
        problem.setVisible(true);
        field.putClientProperty("JComponent.outline", "warning");
        field.getAccessibleContext().setAccessibleDescription(NOT_A_CODE + " " + WARNING);
        window.fit();
        field.requestFocusInWindow();
    }

    private void dismiss() {
        field.setText("");
        answer.dismiss();
    }
}
