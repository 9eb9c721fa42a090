package dev.lp2p.desktop.window;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Consent.Decision;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.desktop.widget.ArmedButton;
import dev.lp2p.desktop.widget.OriginCard;
import dev.lp2p.desktop.widget.Panel;
import dev.lp2p.desktop.widget.Space;
import dev.lp2p.desktop.widget.Texts;
import dev.lp2p.desktop.widget.WrappedText;
import java.util.Optional;
import java.util.function.Consumer;

/** The questions of yes or no. */
public final class Questions {

    private Questions() {}

    /**
     * May others see this device?
     *
     * @param answer is told what the user decided, once
     */
    public static PromptWindow advertising(Screen screen, AdvertisingRequest request, Consumer<Decision> answer) {
        PromptWindow window = new PromptWindow(
                screen,
                "Be seen by other devices",
                "Let devices nearby see this one?",
                () -> answer.accept(Decision.DECLINE));
        Lifetimes lifetimes = Lifetimes.onceOrAlways();
        window.add(
                OriginCard.of(request.origin(), request.nickname()),
                WrappedText.body("While it waits for a connection, everybody on this network sees the name "
                        + Texts.quoted(request.displayName()) + ". You are asked again before anything connects."),
                lifetimes.panel("For how long?"));
        window.answer("Never", 'V', () -> answer.accept(Decision.NEVER));
        ArmedButton notNow = window.answer("Not now", 'N', () -> answer.accept(Decision.DECLINE));
        window.answer(
                "Allow",
                'A',
                () -> answer.accept(
                        lifetimes.chosen() == Lifetime.ALWAYS ? Decision.ALLOW_ALWAYS : Decision.ALLOW_ONCE));
        window.show(notNow);
        return window;
    }

    /** Should a connection that nobody uses stay? */
    public static PromptWindow idle(Screen screen, Peer peer, Origin origin, Consumer<Boolean> answer) {
        PromptWindow window = new PromptWindow(
                screen,
                "A connection is not used",
                "Keep the connection to " + Texts.quoted(peer.displayName()) + "?",
                () -> answer.accept(false));
        window.add(
                OriginCard.of(origin, Optional.empty()),
                Panel.column(
                        Space.USUAL,
                        WrappedText.body("Nothing was sent or received for a long time, so it closes soon."),
                        Chips.fingerprint(peer.fingerprint())));
        window.noButtonApart();
        ArmedButton close = window.answer("Let it close", 'L', () -> answer.accept(false));
        window.answer("Keep it open", 'K', () -> answer.accept(true));
        window.show(close);
        return window;
    }

    /** After many wrong codes: may there be one more try? */
    public static PromptWindow anotherAttempt(Screen screen, int lostGuesses, Consumer<Decision> answer) {
        PromptWindow window = new PromptWindow(
                screen, "Many wrong codes", "Somebody may be guessing codes", () -> answer.accept(Decision.DECLINE));
        window.add(
                Panel.warning(WrappedText.warning(lostGuesses
                        + " codes in a row were wrong. As long as you did not mistype that often, somebody on this"
                        + " network tries to pass for a device of yours.")),
                WrappedText.body("Allow one more try only if it is you who is connecting a device right now. After it,"
                        + " begin again on the device."));
        window.noButtonApart();
        ArmedButton refuse = window.answer("Refuse", 'R', () -> answer.accept(Decision.DECLINE));
        window.answer("Allow one more try", 'A', () -> answer.accept(Decision.ALLOW_ONCE));
        window.show(refuse);
        return window;
    }
}
