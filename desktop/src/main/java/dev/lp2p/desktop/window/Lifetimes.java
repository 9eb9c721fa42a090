package dev.lp2p.desktop.window;

import dev.lp2p.Grant.Lifetime;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrapLayout;
import dev.lp2p.desktop.widget.WrappedText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.swing.ButtonGroup;
import javax.swing.JRadioButton;

/** For how long an answer holds: the shortest unless the user says otherwise. */
final class Lifetimes {

    private final Map<Lifetime, JRadioButton> choices = new EnumMap<>(Lifetime.class);
    private final Panel panel = Panel.of(new WrapLayout(Space.EDGE - Space.SMALL));

    private Lifetimes(List<JRadioButton> buttons) {
        ButtonGroup group = new ButtonGroup();
        buttons.forEach(button -> {
            group.add(button);
            panel.add(button);
        });
        buttons.get(0).setSelected(true);
    }

    /** @param session what ends it */
    static Lifetimes withSession(String session) {
        JRadioButton once = radio("This time only", 'T');
        JRadioButton untilEnd = radio(session, 'U');
        JRadioButton always = radio("Always", 'W');
        Lifetimes lifetimes = new Lifetimes(List.of(once, untilEnd, always));
        lifetimes.choices.putAll(Map.of(Lifetime.ONCE, once, Lifetime.SESSION, untilEnd, Lifetime.ALWAYS, always));
        return lifetimes;
    }

    static Lifetimes onceOrAlways() {
        JRadioButton once = radio("This time only", 'T');
        JRadioButton always = radio("Always", 'W');
        Lifetimes lifetimes = new Lifetimes(List.of(once, always));
        lifetimes.choices.putAll(Map.of(Lifetime.ONCE, once, Lifetime.ALWAYS, always));
        return lifetimes;
    }

    Panel panel(String question) {
        return Panel.column(Space.SMALL, WrappedText.muted(question), panel);
    }

    Lifetime chosen() {
        return choices.entrySet().stream()
                .filter(choice -> choice.getValue().isSelected())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static JRadioButton radio(String text, char mnemonic) {
        JRadioButton radio = new JRadioButton(text);
        radio.setMnemonic(mnemonic);
        radio.setOpaque(false);
        Texts.disableHtml(radio);
        return radio;
    }
}
