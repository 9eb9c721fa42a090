package dev.lp2p.agent.command;

import dev.lp2p.terminal.Device;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until the device that a person named is seen. May be told of devices from any thread. */
final class DeviceWatch {

    /** A stranger that fits waits this long for another one that fits as well, which would make the name ambiguous. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final String HINT =
            "Is 'lp2p receive' running there, on the same network? 'lp2p discover' lists the devices.";

    private final String wanted;
    private final Collection<Device> known;
    private final ScheduledExecutorService loop;
    private final CompletableFuture<Device> result = new CompletableFuture<>();
    private final Future<?> timeout;
    private @Nullable Future<?> grace;
    private List<Device> seen = List.of();

    /**
     * @param wanted a name or the start of a fingerprint
     * @param known devices that a person authenticated
     * @param patience how long to wait
     */
    DeviceWatch(String wanted, Collection<Device> known, Duration patience, ScheduledExecutorService loop) {
        this.wanted = wanted;
        this.known = known;
        this.loop = loop;
        this.timeout = loop.schedule(this::decide, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The device, or a {@link CommandException} that says what was seen instead. */
    CompletableFuture<Device> result() {
        return result;
    }

    /** @param devices all that are there now */
    synchronized void update(List<Device> devices) {
        seen = devices;
        DeviceMatch match = DeviceMatch.find(wanted, seen, known);
        boolean isCertain = match instanceof DeviceMatch.One one
                && (one.device().known() || one.device().fingerprint().value().startsWith(wanted));
        if (isCertain) {
            decide();
        } else if (grace == null && !(match instanceof DeviceMatch.None)) {
            grace = loop.schedule(this::decideUnlessNothingFits, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A name that only strangers have may still be claimed by its owner until the time is over. */
    private synchronized void decideUnlessNothingFits() {
        grace = null;
        DeviceMatch match = DeviceMatch.find(wanted, seen, known);
        if (match instanceof DeviceMatch.One || match instanceof DeviceMatch.Several) {
            decide();
        }
    }

    private synchronized void decide() {
        timeout.cancel(false);
        if (grace != null) {
            grace.cancel(false);
        }
        try {
            result.complete(DeviceChoice.require(wanted, DeviceMatch.find(wanted, seen, known), seen, HINT));
        } catch (CommandException e) {
            result.completeExceptionally(e);
        }
    }
}
