package dev.lp2p.terminal;

import dev.lp2p.Consent;
import dev.lp2p.Grant.Lifetime;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.terminal.Questions.Answer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Asks the person at the terminal, one thing at a time, below what the program prints with {@link #screen()}. No answer
 * is no.
 */
public final class TerminalConsent implements Consent {

    private final Screen screen;
    private final Questions questions;
    private final CodeQuestions codes;

    /** @param interactive whether a person reads the screen and types the answers */
    public TerminalConsent(Screen screen, Questions questions, boolean interactive) {
        this.screen = screen;
        this.questions = questions;
        this.codes = new CodeQuestions(screen, questions, interactive);
    }

    /** At the terminal that this process was started from. */
    public static TerminalConsent ofProcess() {
        StandardStreams streams = StandardStreams.ofProcess(System.getenv());
        Screen screen = streams.screenOnOut();
        return new TerminalConsent(
                screen,
                new Questions(screen, streams.reader(), InstantSource.system()),
                screen.isTerminal() && streams.inIsTerminal());
    }

    /** Where the program says what it has to say: what it prints elsewhere may run into a question. */
    public Screen screen() {
        return screen;
    }

    /** Asks something of the program's own, in turn with the questions of consent, and waits; empty if there is no answer. */
    public String ask(String prompt) {
        return ask(prompt, answer -> answer instanceof Answer.Line line ? line.text() : "")
                .join();
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        screen.say(who(request.origin(), request.nickname()) + " wants other devices to see this one as '"
                + UntrustedText.name(request.displayName()) + "'.");
        return ask("Let them? [y]es, [a]lways, [N]o, ne[v]er: ", TerminalConsent::decision);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        screen.say(who(choice.origin(), choice.nickname())
                + " wants to connect to a device. Those nearby, as they appear:");
        DevicePicker picker = new DevicePicker(screen, questions);
        choice.onChange(
                candidates -> picker.update(candidates.stream().map(Device::of).toList()));
        CompletableFuture<Optional<Device>> chosen = picker.start();
        AtomicReference<Future<?>> open = new AtomicReference<>(chosen);
        return cancelling(
                chosen.thenCompose(device -> {
                    if (device.isEmpty()) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    CompletableFuture<Optional<Lifetime>> lifetime = askLifetime(device.get());
                    open.set(lifetime);
                    return lifetime.thenApply(forHowLong -> choice.candidates().stream()
                            .filter(candidate ->
                                    candidate.fingerprint().equals(device.get().fingerprint()))
                            .findFirst()
                            .flatMap(candidate -> forHowLong.map(time -> new ChosenPeer(candidate, time))));
                }),
                () -> Objects.requireNonNull(open.get()).cancel(false));
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        screen.say(UntrustedText.name(request.peer().displayName()) + " wants to connect. " + request.claim());
        List<OfferedReceiver> receivers = request.receivers();
        if (receivers.size() == 1) {
            OfferedReceiver only = receivers.get(0);
            return ask(
                    "Connect it to " + who(only.origin(), only.nickname())
                            + "? [y]es, this [s]ession, [a]lways, [N]o, ne[v]er: ",
                    answer -> incoming(decision(answer), only));
        }
        List<String> lines = new ArrayList<>(List.of("It could go to:"));
        for (int i = 0; i < receivers.size(); i++) {
            lines.add(String.format(
                    "%4d  %s",
                    i + 1, who(receivers.get(i).origin(), receivers.get(i).nickname())));
        }
        screen.say(lines);
        return ask("Number to connect it to, this once, or nothing for no: ", answer -> numbered(answer, receivers));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return codes.showCode(peer, code, dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return codes.askCode(peer, answer);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return codes.askForAnotherTry(lostGuesses)
                .thenApply(allowed -> allowed ? Decision.ALLOW_ONCE : Decision.DECLINE);
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return ask(
                "Nothing was sent between " + origin + " and " + UntrustedText.name(peer.displayName())
                        + " for a while. Keep them connected? [y/N] ",
                answer -> decision(answer).isAllowed());
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        screen.say(origin + " is connected to " + UntrustedText.name(peer.displayName()) + ".");
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        screen.say(origin + " is not connected to " + UntrustedText.name(peer.displayName()) + " any more.");
    }

    private CompletableFuture<Optional<Lifetime>> askLifetime(Device device) {
        return ask(
                "Connect to " + device.shownName() + "? [Y]es, this [s]ession, [a]lways, [n]o: ",
                answer -> switch (firstLetter(answer)) {
                    case "s" -> Optional.of(Lifetime.SESSION);
                    case "a" -> Optional.of(Lifetime.ALWAYS);
                    case "y", "" -> answer instanceof Answer.Line ? Optional.of(Lifetime.ONCE) : Optional.empty();
                    default -> Optional.empty();
                });
    }

    private <T> CompletableFuture<T> ask(String prompt, Function<Answer, T> answer) {
        Questions.Question question = questions.ask(prompt);
        return cancelling(question.answer().thenApply(answer), question::cancel);
    }

    private static <T> CompletableFuture<T> cancelling(CompletableFuture<T> result, Runnable takeAway) {
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                takeAway.run();
            }
        });
        return result;
    }

    private static IncomingAnswer incoming(Decision decision, OfferedReceiver receiver) {
        return decision.isAllowed()
                ? IncomingAnswer.allow(decision, receiver.origin())
                : IncomingAnswer.refuse(decision);
    }

    private static IncomingAnswer numbered(Answer answer, List<OfferedReceiver> receivers) {
        String text = answer instanceof Answer.Line line ? line.text() : "";
        int index = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) - 1 : -1;
        return index >= 0 && index < receivers.size()
                ? IncomingAnswer.allow(Decision.ALLOW_ONCE, receivers.get(index).origin())
                : IncomingAnswer.refuse(Decision.DECLINE);
    }

    private static Decision decision(Answer answer) {
        if (answer instanceof Answer.Line line
                && line.text().toLowerCase(Locale.ROOT).startsWith("nev")) {
            return Decision.NEVER;
        }
        return switch (firstLetter(answer)) {
            case "y" -> Decision.ALLOW_ONCE;
            case "s" -> Decision.ALLOW_SESSION;
            case "a" -> Decision.ALLOW_ALWAYS;
            case "v" -> Decision.NEVER;
            default -> Decision.DECLINE;
        };
    }

    private static String firstLetter(Answer answer) {
        String text = answer instanceof Answer.Line line ? line.text().toLowerCase(Locale.ROOT) : "";
        return text.isEmpty() ? "" : text.substring(0, 1);
    }

    private static String who(Origin origin, Optional<String> nickname) {
        return nickname.map(name -> origin + " (calls itself '" + UntrustedText.name(name) + "')")
                .orElse(origin.toString());
    }
}
