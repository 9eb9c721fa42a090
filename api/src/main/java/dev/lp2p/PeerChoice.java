package dev.lp2p;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The devices that the user may choose from while a request waits for it. Methods may be called from any thread. */
public interface PeerChoice {

    /** Which site or program wants to connect. */
    Origin origin();

    /** What it calls itself: unverified, stripped and without what could be a code. */
    Optional<String> nickname();

    /** Devices that are there now: those that were granted to the origin before come first, each in the order of appearance. */
    List<PeerCandidate> candidates();

    /** Sets who is given the whole list now and after each change, one call at a time, until the choice was made. */
    void onChange(Consumer<List<PeerCandidate>> listener);

    /** The user wants to hear nothing of this origin any more; ends the question as well. */
    void block();
}
