package dev.lp2p.agent.command;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.PeerChoice;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a command chooses the device that it connects to, on behalf of the person who called it. */
@FunctionalInterface
interface PeerChooser {

    /** @see dev.lp2p.Consent#choosePeer(PeerChoice) */
    CompletionStage<Optional<ChosenPeer>> choose(PeerChoice choice);
}
