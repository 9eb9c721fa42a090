package dev.lp2p.mdns;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Asks one link whether a name is free: three times, a quarter of a second apart, and then it is ours.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-8.1">Probing</a>
 */
final class Prober {

    private static final Comparator<Resource> BY_TYPE_AND_DATA =
            Comparator.comparingInt(Resource::type).thenComparing(Resource::data, Arrays::compareUnsigned);

    private final Loop loop;
    private final Sender sender;
    private final Claim claim;
    private final BooleanSupplier unicastWelcome;
    private final Runnable onWon;
    private @Nullable Future<?> timer;
    private int sent;

    Prober(Loop loop, Sender sender, Claim claim, BooleanSupplier unicastWelcome, Runnable onWon) {
        this.loop = loop;
        this.sender = sender;
        this.claim = claim;
        this.unicastWelcome = unicastWelcome;
        this.onWon = onWon;
    }

    /** Starts anew after {@code delay}, whatever was going on. */
    void start(LocalInterface link, Duration delay) {
        stop();
        sent = 0;
        timer = loop.after(delay, () -> step(link));
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    boolean isProbing() {
        return timer != null;
    }

    /**
     * Another host probes for the same name at the same time: who proposes the later records wins.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-8.2">Simultaneous probe tie-breaking</a>
     */
    void onProbe(LocalInterface link, List<Resource> theirs) {
        if (isProbing() && sent > 0 && isEarlier(claim.unique(link), theirs)) {
            start(link, Protocol.WAIT_AFTER_LOST_TIE);
        }
    }

    private void step(LocalInterface link) {
        if (sent == Protocol.PROBES) {
            timer = null;
            onWon.run();
            return;
        }
        sent++;
        List<Resource> proposed =
                claim.unique(link).stream().map(Resource::withoutFlush).toList();
        sender.probe(link, new Question(claim.name(), Type.ANY, unicastWelcome.getAsBoolean()), proposed);
        timer = loop.after(Protocol.PROBE_INTERVAL, () -> step(link));
    }

    private static boolean isEarlier(List<Resource> ours, List<Resource> theirs) {
        List<Resource> left = ours.stream().sorted(BY_TYPE_AND_DATA).toList();
        List<Resource> right = theirs.stream().sorted(BY_TYPE_AND_DATA).toList();
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            int order = BY_TYPE_AND_DATA.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order < 0;
            }
        }
        return left.size() < right.size();
    }
}
