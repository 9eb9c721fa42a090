package dev.lp2p.desktop;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.desktop.window.AskCodeWindow;
import dev.lp2p.desktop.window.DevicePickerWindow;
import dev.lp2p.desktop.window.IncomingWindow;
import dev.lp2p.desktop.window.Notices;
import dev.lp2p.desktop.window.PromptWindow;
import dev.lp2p.desktop.window.Questions;
import dev.lp2p.desktop.window.Screen;
import dev.lp2p.desktop.window.ShowCodeWindow;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;

/** Asks the user in windows. Called on threads that may block; each window belongs to the event dispatch thread. */
final class DesktopConsent implements Consent {

    private static final Logger LOG = System.getLogger(DesktopConsent.class.getName());

    private final Screen screen;
    private final InstantSource clock;
    private final ConnectionHistory history;
    private final Runnable beforeEachWindow;

    // The event dispatch thread's.
    private final Notices notices = new Notices();

    /** @param beforeEachWindow takes over what the desktop looks like now; may block */
    DesktopConsent(Screen screen, InstantSource clock, ConnectionHistory history, Runnable beforeEachWindow) {
        this.screen = screen;
        this.clock = clock;
        this.history = history;
        this.beforeEachWindow = beforeEachWindow;
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return ask(answer -> closing(Questions.advertising(screen, request, answer)));
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        return ask(answer -> {
            DevicePickerWindow window = new DevicePickerWindow(screen, choice, answer);
            choice.onChange(candidates -> SwingUtilities.invokeLater(() -> window.update(candidates)));
            return window::close;
        });
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        return ask(answer -> new IncomingWindow(screen, request, answer)::close);
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return open(() -> new ShowCodeWindow(screen, peer, code, dismiss)::close, dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return open(() -> new AskCodeWindow(screen, peer, answer)::close, answer::dismiss);
    }

    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return ask(answer -> closing(Questions.anotherAttempt(screen, lostGuesses, answer)));
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return ask(answer -> closing(Questions.idle(screen, peer, origin, answer)));
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        history.add(new ConnectionHistory.Entry(clock.instant(), peer, origin, true));
        beforeEachWindow.run();
        SwingUtilities.invokeLater(() -> notices.connected(peer, origin));
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        history.add(new ConnectionHistory.Entry(clock.instant(), peer, origin, false));
    }

    /** @param window opens the window that answers; returns what takes it off the screen */
    private <T> CompletionStage<T> ask(Function<Consumer<T>, Runnable> window) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        beforeEachWindow.run();
        SwingUtilities.invokeLater(() -> {
            if (answer.isDone()) {
                return;
            }
            try {
                Runnable close = window.apply(answer::complete);
                // However the question ended: the user, or whoever asked, takes it off the screen.
                answer.whenComplete((value, failure) -> SwingUtilities.invokeLater(close));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /**
     * @param window opens it; returns what takes it off the screen
     * @param dismiss ends the authentication, which nobody can answer without a window
     */
    private OpenPrompt open(Supplier<Runnable> window, Runnable dismiss) {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        beforeEachWindow.run();
        SwingUtilities.invokeLater(() -> {
            if (ended.isDone()) {
                return;
            }
            try {
                Runnable close = window.get();
                ended.thenRun(() -> SwingUtilities.invokeLater(close));
            } catch (RuntimeException failure) {
                LOG.log(Level.ERROR, "A code could not be shown or asked for", failure);
                dismiss.run();
            }
        });
        return ended::complete;
    }

    private static Runnable closing(PromptWindow window) {
        return window::close;
    }
}
