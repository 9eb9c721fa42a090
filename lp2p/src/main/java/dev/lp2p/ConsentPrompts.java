package dev.lp2p;

import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Takes the questions of an authentication from the loop to the user, and counts how it went. */
final class ConsentPrompts implements AuthenticationPrompts {

    private final Consent consent;
    private final Executor callbacks;
    private final AuthenticationFailures failures;

    ConsentPrompts(Consent consent, Executor callbacks, AuthenticationFailures failures) {
        this.consent = consent;
        this.callbacks = callbacks;
        this.failures = failures;
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk) {
        return showCode(peer, psk, () -> {});
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        PeerDescription shown = described(peer, DisplayNames::clean);
        return open(peer, () -> consent.showCode(shown, psk, dismiss), dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        PeerDescription shown = described(peer, name -> DisplayNames.withoutCodes(DisplayNames.clean(name)));
        return open(peer, () -> consent.askCode(shown, answer), answer::dismiss);
    }

    private OpenPrompt open(PeerDescription peer, Supplier<OpenPrompt> question, Runnable dismiss) {
        CompletableFuture<OpenPrompt> prompt = CompletableFuture.supplyAsync(question, callbacks);
        prompt.exceptionally(failure -> {
            EventQueue.logFailure(failure);
            dismiss.run();
            return outcome -> {};
        });
        return outcome -> {
            if (outcome == Outcome.AUTHENTICATED) {
                failures.succeeded(peer.fingerprint());
            } else if (outcome == Outcome.FAILED) {
                failures.failed(peer.fingerprint());
            }
            prompt.thenAcceptAsync(open -> open.close(outcome), callbacks);
        };
    }

    private static PeerDescription described(PeerDescription peer, UnaryOperator<String> name) {
        return new PeerDescription(peer.fingerprint(), name.apply(peer.unverifiedName()));
    }
}
