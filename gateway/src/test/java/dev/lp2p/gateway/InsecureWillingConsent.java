package dev.lp2p.gateway;

import dev.lp2p.Consent;
import dev.lp2p.Grant;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A user who says yes to everything, for always, and reads codes off the other device: for tests only. */
final class InsecureWillingConsent implements Consent {

    private final String wanted;
    private final BlockingQueue<Psk> codes;

    /**
     * @param wanted the device that is chosen
     * @param codes what both devices of a test show
     */
    InsecureWillingConsent(String wanted, BlockingQueue<Psk> codes) {
        this.wanted = wanted;
        this.codes = codes;
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return CompletableFuture.completedStage(Decision.ALLOW_ONCE);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        CompletableFuture<Optional<ChosenPeer>> chosen = new CompletableFuture<>();
        choice.onChange(candidates -> candidates.stream()
                .filter(candidate -> candidate.name().equals(Optional.of(wanted)))
                .findAny()
                .ifPresent(
                        candidate -> chosen.complete(Optional.of(new ChosenPeer(candidate, Grant.Lifetime.ALWAYS)))));
        return chosen;
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        return CompletableFuture.completedStage(IncomingAnswer.allow(
                Decision.ALLOW_ALWAYS, request.receivers().get(0).origin()));
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        codes.add(code);
        return outcome -> {};
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        try {
            answer.enter(codes.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.dismiss();
        }
        return outcome -> {};
    }

    @Override
    public void connected(Peer peer, Origin origin) {}
}
