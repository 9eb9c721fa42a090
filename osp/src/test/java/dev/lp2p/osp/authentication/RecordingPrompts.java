package dev.lp2p.osp.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A user who does what the test says, and remembers what was on the screen. */
public final class RecordingPrompts implements AuthenticationPrompts {

    /** The codes that were shown, the newest last. */
    public final List<Long> shown = new ArrayList<>();

    /** Whom the prompts were about, in order. */
    public final List<PeerDescription> peers = new ArrayList<>();

    /** How the prompts closed, in order. */
    public final List<Outcome> closed = new ArrayList<>();

    /** The keys themselves, shown and entered, to see what becomes of them. */
    final List<Psk> keys = new ArrayList<>();

    /** The questions whether there may be another try, the newest last. */
    public final List<CompletableFuture<Boolean>> anotherTry = new ArrayList<>();

    private @Nullable Runnable dismiss;
    private @Nullable CodeAnswer answer;

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk) {
        throw new AssertionError("The session asks with a way to dismiss");
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismissal) {
        peers.add(peer);
        keys.add(psk);
        shown.add(psk.value().longValueExact());
        dismiss = dismissal;
        return closed::add;
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer codeAnswer) {
        peers.add(peer);
        answer = codeAnswer;
        dismiss = codeAnswer::dismiss;
        return closed::add;
    }

    @Override
    public CompletionStage<Boolean> allowAnotherTry(int lostGuesses) {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        anotherTry.add(asked);
        return asked;
    }

    public boolean isAsking() {
        return answer != null && closed.size() < peers.size();
    }

    public boolean isShowing() {
        return !shown.isEmpty() && closed.size() < peers.size();
    }

    /** How often anything appeared. */
    public int count() {
        return peers.size();
    }

    public long lastShown() {
        return shown.get(shown.size() - 1);
    }

    public void enter(long code) {
        if (answer == null) {
            throw new AssertionError("Nobody asked for a code");
        }
        Psk entered = new Psk(code);
        keys.add(entered);
        answer.enter(entered);
    }

    public void dismiss() {
        if (dismiss == null) {
            throw new AssertionError("There is nothing to dismiss");
        }
        dismiss.run();
    }
}
