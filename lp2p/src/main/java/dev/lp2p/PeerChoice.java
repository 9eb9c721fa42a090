package dev.lp2p;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The devices that the user may choose from while a request waits for it. Methods may be called from any thread. */
public interface PeerChoice {

    /** What the program that wants to connect calls itself. */
    Optional<String> nickname();

    /** Devices that are there now, in the order in which they appeared. */
    List<PeerCandidate> candidates();

    /** Sets who is given the whole list now and after each change, one call at a time, until the choice was made. */
    void onChange(Consumer<List<PeerCandidate>> listener);
}
