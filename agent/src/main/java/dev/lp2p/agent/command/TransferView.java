package dev.lp2p.agent.command;

import dev.lp2p.agent.event.Event;
import dev.lp2p.agent.event.EventOutput;
import dev.lp2p.terminal.ProgressBar;
import dev.lp2p.terminal.ProgressMeter;
import dev.lp2p.terminal.Screen;
import dev.lp2p.terminal.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows one transfer while it runs: a bar on a terminal, a line now and then elsewhere, events for programs. Progress
 * may be told from any thread as often as it happens; what is shown follows the clock.
 */
final class TransferView implements AutoCloseable {

    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Screen screen;
    private final EventOutput events;
    private final InstantSource clock;
    private final ProgressBar bar;
    private final ProgressMeter meter;
    private final Future<?> ticking;

    private String path = "";
    private long done;
    private long total;
    private Instant lastEvent;
    private Instant lastLine;
    private long toldDone = -1;
    private boolean closed;

    /** @param loop where it is drawn */
    TransferView(
            Screen screen, EventOutput events, ScheduledExecutorService loop, InstantSource clock, long totalBytes) {
        this.screen = screen;
        this.events = events;
        this.clock = clock;
        this.bar = new ProgressBar(screen.isUnicode());
        this.meter = new ProgressMeter(clock, totalBytes);
        this.total = totalBytes;
        this.lastEvent = clock.instant();
        this.lastLine = clock.instant();
        this.ticking =
                loop.scheduleAtFixedRate(this::tick, REDRAW.toMillis(), REDRAW.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Notes how far the transfer is.
     *
     * @param currentPath the file under way, as the peer named it
     * @param doneBytes of all files together
     */
    synchronized void progress(String currentPath, long doneBytes) {
        path = currentPath;
        done = doneBytes;
    }

    /** From the first byte to now. */
    synchronized Duration elapsed() {
        return meter.elapsed();
    }

    /** Bytes a second over the whole time. */
    synchronized double averageRate() {
        meter.update(done);
        return meter.averageRate();
    }

    /** Takes the bar away; programs hear how far it came. */
    @Override
    public void close() {
        ticking.cancel(false);
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            tellProgram();
        }
        screen.live(this, List.of());
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        meter.update(done);
        Instant now = clock.instant();
        if (screen.isTerminal()) {
            screen.live(this, bar.draw(UntrustedText.path(path), meter.snapshot(), screen.columns()));
        } else if (Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
            lastLine = now;
            screen.say("  " + ProgressBar.words(meter.snapshot()));
        }
        if (Duration.between(lastEvent, now).compareTo(BETWEEN_EVENTS) >= 0) {
            lastEvent = now;
            tellProgram();
        }
    }

    private void tellProgram() {
        if (done != toldDone) {
            toldDone = done;
            events.emit(new Event.Progress(path, done, total));
        }
    }
}
