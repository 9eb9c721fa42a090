package dev.lp2p.desktop.window;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingAnswer;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.Suspicion;
import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.BesideLayout;
import dev.lp2p.desktop.widget.Chip;
import dev.lp2p.desktop.widget.ColumnLayout;
import dev.lp2p.desktop.widget.Glyph;
import dev.lp2p.desktop.widget.OriginCard;
import dev.lp2p.desktop.widget.Palette;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrapLayout;
import dev.lp2p.desktop.widget.WrappedText;
import java.awt.Component;
import java.awt.Cursor;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JRadioButton;

/** A device wants to connect to a page or program here. */
public final class IncomingWindow {

    private final PromptWindow window;
    private final Consumer<IncomingAnswer> answer;
    private final Lifetimes lifetimes = Lifetimes.withSession("Until the session ends");
    private final Map<Origin, JRadioButton> receivers = new LinkedHashMap<>();

    /** @param answer is told what the user decided, once */
    public IncomingWindow(Screen screen, IncomingRequest request, Consumer<IncomingAnswer> answer) {
        this.answer = answer;
        this.window = new PromptWindow(
                screen,
                "A device wants to connect",
                Texts.quoted(request.peer().displayName()) + " wants to connect",
                () -> refuse(Decision.DECLINE));
        window.add(claim(request));
        request.suspicions().stream().sorted().map(IncomingWindow::warning).forEach(window::add);
        window.add(receivers(request), lifetimes.panel("For how long may it connect?"));
        window.answer("Never", 'V', () -> refuse(Decision.NEVER));
        ArmedButton decline = window.answer("Decline", 'D', () -> refuse(Decision.DECLINE));
        ArmedButton allow = window.answer("Allow", 'A', this::allow);
        allow.setEnabled(chosen().isPresent());
        receivers.values().forEach(radio -> radio.addItemListener(event -> allow.setEnabled(true)));
        window.show(decline);
    }

    /** Takes it off the screen. */
    public void close() {
        window.close();
    }

    private static Component claim(IncomingRequest request) {
        Panel words = Panel.column(Space.SMALL, WrappedText.body(claimed(request)));
        request.nickname()
                .ifPresent(name -> words.add(
                        WrappedText.muted("It calls itself " + Texts.quoted(name) + ", which nobody has verified.")));
        words.add(Panel.of(
                new WrapLayout(Space.USUAL),
                Chip.good("Device verified"),
                Chips.fingerprint(request.peer().fingerprint())));
        return Panel.card(new BesideLayout(Space.WIDE), Glyph.DEVICE.label(Palette.ACCENT.color()), words);
    }

    /** What is known and what is not; the name in quotation marks, so that it cannot go on as a sentence of ours. */
    static String claimed(IncomingRequest request) {
        String says = request.claimed()
                .map(origin -> " says this is " + origin + ".")
                .orElse(" does not say for which site or program.");
        return Texts.quoted(request.peer().displayName()) + says + " Only the device is verified.";
    }

    private static Component warning(Suspicion suspicion) {
        return Panel.warning(WrappedText.warning("Suspicious: this device " + suspicion.words() + "."));
    }

    private Component receivers(IncomingRequest request) {
        if (request.isSameOrigin() && request.receivers().size() == 1) {
            OfferedReceiver receiver = request.receivers().get(0);
            receivers.put(receiver.origin(), new JRadioButton("", true));
            return Panel.column(
                    Space.SMALL + Space.TINY,
                    WrappedText.muted("Here it would reach the same site or program:"),
                    OriginCard.of(receiver.origin(), receiver.nickname()));
        }
        Panel choices = Panel.card(new ColumnLayout(Space.USUAL));
        ButtonGroup group = new ButtonGroup();
        for (OfferedReceiver receiver : request.receivers()) {
            choices.add(choice(receiver, group));
        }
        return Panel.column(
                Space.SMALL + Space.TINY,
                Panel.warning(WrappedText.warning(
                        "That is not the same site or program as here. Choose to which it may connect:")),
                choices);
    }

    private Component choice(OfferedReceiver receiver, ButtonGroup group) {
        JRadioButton radio = new JRadioButton();
        radio.setOpaque(false);
        radio.getAccessibleContext().setAccessibleName(receiver.origin().value());
        group.add(radio);
        receivers.put(receiver.origin(), radio);
        WrappedText origin = OriginCard.text(receiver.origin());
        origin.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
        origin.addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                radio.setSelected(true);
            }
        });
        Panel words = Panel.column(Space.TINY, origin);
        receiver.nickname().ifPresent(name -> words.add(WrappedText.muted("Calls itself " + Texts.quoted(name))));
        return Panel.of(new BesideLayout(Space.USUAL), radio, words);
    }

    private Optional<Origin> chosen() {
        return receivers.entrySet().stream()
                .filter(receiver -> receiver.getValue().isSelected())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void allow() {
        chosen().ifPresent(receiver -> {
            Decision decision =
                    switch (lifetimes.chosen()) {
                        case ONCE -> Decision.ALLOW_ONCE;
                        case SESSION -> Decision.ALLOW_SESSION;
                        case ALWAYS -> Decision.ALLOW_ALWAYS;
                    };
            answer.accept(IncomingAnswer.allow(decision, receiver));
        });
    }

    private void refuse(Decision decision) {
        answer.accept(IncomingAnswer.refuse(decision));
    }
}
