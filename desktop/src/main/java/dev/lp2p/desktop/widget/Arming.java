package dev.lp2p.desktop.widget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the buttons of a window take a click yet. Whoever makes a window appear, move or change can choose the moment,
 * and so what the user was about to click on; so each of these restarts a pause in which a click does nothing.
 */
public final class Arming {

    /** Longer than it takes to click on what was there before, shorter than it takes to read what is there now. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    private final InstantSource clock;
    private final List<Runnable> listeners = new ArrayList<>();
    private Instant pausedAt;

    public Arming(InstantSource clock) {
        this.clock = clock;
        this.pausedAt = clock.instant();
    }

    /** Something appeared, moved or changed. */
    public void restart() {
        pausedAt = clock.instant();
        listeners.forEach(Runnable::run);
    }

    public boolean isArmed() {
        return !clock.instant().isBefore(pausedAt.plus(PAUSE));
    }

    /** Is told of each restart. */
    public void onRestart(Runnable listener) {
        listeners.add(listener);
    }
}
