package dev.lp2p.agent.command;

import dev.lp2p.Consent;
import dev.lp2p.IncomingRequest;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerChoice;
import dev.lp2p.desktop.FirstAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks where the user is: about what a command does, at that command, if somebody can answer there; about everything else
 * where the agent asks. A device that comes by itself may be meant for either, and so its code is shown at both.
 */
final class SharedConsent implements Consent {

    private final Consent agent;
    private final List<CommandConsent> senders = new CopyOnWriteArrayList<>();
    private volatile @Nullable CommandConsent receiver;

    /** @param agent asks for pages */
    SharedConsent(Consent agent) {
        this.agent = agent;
    }

    AutoCloseable toSend(CommandConsent command) {
        senders.add(command);
        return () -> senders.remove(command);
    }

    /** @throws CommandException if another command receives, and it would not be clear which takes what comes */
    synchronized AutoCloseable toReceive(CommandConsent command) {
        if (receiver != null) {
            throw new CommandException(
                    ExitStatus.FAILED, "Another 'lp2p receive' runs already. End that one first, with Ctrl-C.");
        }
        receiver = command;
        return () -> receiver = null;
    }

    @Override
    public CompletionStage<Decision> allowAdvertising(AdvertisingRequest request) {
        return forDrops(request.origin()).orElse(agent).allowAdvertising(request);
    }

    @Override
    public CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice) {
        return agent.choosePeer(choice);
    }

    @Override
    public CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request) {
        Optional<Consent> command = request.receivers().size() == 1
                ? forDrops(request.receivers().get(0).origin())
                : Optional.empty();
        return command.orElse(agent).allowIncoming(request);
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss) {
        return placesFor(peer.fingerprint(), command -> true).showCode(peer, code, dismiss);
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        return placesFor(peer.fingerprint(), CommandConsent::canAnswer).askCode(peer, answer);
    }

    /** Whoever guesses may guess at any device of the user, who alone says, and nothing that was scripted before. */
    @Override
    public CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        List<Consent> all = new ArrayList<>(List.of(agent));
        Stream.concat(senders.stream(), Optional.ofNullable(receiver).stream())
                .filter(CommandConsent::isInteractive)
                .forEach(all::add);
        return FirstAnswer.of(all).allowAnotherAttempt(lostGuesses);
    }

    @Override
    public CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return agent.extendIdle(peer, origin);
    }

    @Override
    public void connected(Peer peer, Origin origin) {
        agent.connected(peer, origin);
        if (origin.equals(AgentStart.DROP)) {
            senderTo(peer.fingerprint())
                    .or(() -> Optional.ofNullable(receiver))
                    .ifPresent(command -> command.connected(peer, origin));
        }
    }

    @Override
    public void disconnected(Peer peer, Origin origin) {
        agent.disconnected(peer, origin);
    }

    private Optional<Consent> forDrops(Origin origin) {
        return origin.equals(AgentStart.DROP) ? Optional.ofNullable(receiver) : Optional.empty();
    }

    private Optional<CommandConsent> senderTo(Fingerprint peer) {
        return senders.stream().filter(command -> command.hasChosen(peer)).findFirst();
    }

    /** @param isOfUse whether a command is a place for the question */
    private Consent placesFor(Fingerprint peer, Predicate<CommandConsent> isOfUse) {
        Optional<CommandConsent> sender = senderTo(peer);
        if (sender.filter(CommandConsent::canAnswer).isPresent()) {
            return sender.get();
        }
        Optional<CommandConsent> command =
                sender.or(() -> Optional.ofNullable(receiver)).filter(isOfUse);
        return FirstAnswer.of(Stream.concat(command.stream(), Stream.of(agent)).toList());
    }
}
