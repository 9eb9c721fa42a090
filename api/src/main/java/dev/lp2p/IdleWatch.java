package dev.lp2p;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what nobody uses: a while before, the user is asked whether it should stay. {@link #touch} may be called from any
 * thread; the rest belongs to the loop.
 */
final class IdleWatch {

    /** How long before the end the user is asked; half of a shorter idle time. */
    static final Duration NOTICE = Duration.ofMinutes(1);

    private final ScheduledExecutorService loop;
    private final InstantSource clock;
    private final long idleMillis;
    private final long noticeMillis;
    private final Owner owner;
    private volatile long lastActivity;
    private @Nullable Future<?> timer;
    private @Nullable CompletableFuture<Boolean> question;

    /** What is watched. */
    interface Owner {
        /** Puts the question whether it should stay; cancelled when it is moot. */
        CompletableFuture<Boolean> askToExtend();

        void onIdle();
    }

    IdleWatch(ScheduledExecutorService loop, InstantSource clock, Duration idleTime, Owner owner) {
        this.loop = loop;
        this.clock = clock;
        this.idleMillis = idleTime.toMillis();
        this.noticeMillis = Math.min(NOTICE.toMillis(), idleMillis / 2);
        this.owner = owner;
        this.lastActivity = clock.millis();
    }

    void start() {
        check();
    }

    /** Something is going on. */
    void touch() {
        lastActivity = clock.millis();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
        withdraw();
    }

    private void check() {
        long idle = clock.millis() - lastActivity;
        if (idle >= idleMillis) {
            withdraw();
            owner.onIdle();
            return;
        }
        boolean isNoticed = idle >= idleMillis - noticeMillis;
        if (!isNoticed) {
            withdraw();
        } else if (question == null) {
            ask();
        }
        long wait = isNoticed ? idleMillis - idle : idleMillis - noticeMillis - idle;
        timer = loop.schedule(this::check, wait, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        CompletableFuture<Boolean> asked = owner.askToExtend();
        question = asked;
        asked.thenAcceptAsync(
                stays -> {
                    if (stays && question == asked) {
                        touch();
                    }
                },
                loop);
    }

    private void withdraw() {
        if (question != null) {
            question.cancel(true);
            question = null;
        }
    }
}
