package dev.lp2p.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop and its clock in one thread, on time that moves only when the test says so.
 *
 * <p>Whatever takes a {@link ScheduledExecutorService} as its loop and an {@link InstantSource} as its clock runs on it:
 * the test submits, then calls {@link #runReady()} or {@link #advance(Duration)}. Tasks run in the order of their time,
 * and of submission where the time is equal. An exception of a task that nobody can see through a future stops the run,
 * so that a test cannot pass over it.
 */
public final class SimulatedLoop extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /** Tasks that one {@link #runReady()} may run before the test is told that the system never comes to rest. */
    private static final int MAX_TASKS_WITHOUT_TIME_MOVING = 1_000_000;

    private final PriorityQueue<Task<?>> queue = new PriorityQueue<>();
    private long nowNanos;
    private long sequence;
    private boolean shutdown;

    @Override
    public Instant instant() {
        return START.plusNanos(nowNanos);
    }

    /** Simulated time since the loop was made. */
    public Duration elapsed() {
        return Duration.ofNanos(nowNanos);
    }

    /** Runs everything that is due now, and what that submits, without moving the clock. */
    public void runReady() {
        advance(Duration.ZERO);
    }

    /** Moves the clock by {@code duration}, running each task at its time on the way. */
    public void advance(Duration duration) {
        long end = nowNanos + duration.toNanos();
        int tasks = 0;
        while (!queue.isEmpty() && queue.peek().dueNanos <= end) {
            Task<?> task = queue.remove();
            if (task.dueNanos > nowNanos) {
                nowNanos = task.dueNanos;
                tasks = 0;
            }
            if (++tasks > MAX_TASKS_WITHOUT_TIME_MOVING) {
                throw new IllegalStateException("The simulated system does not come to rest");
            }
            task.runOnce();
        }
        nowNanos = end;
    }

    /**
     * Moves the clock from task to task until {@code condition} holds.
     *
     * @throws AssertionError if {@code limit} of simulated time passes first
     */
    public void advanceUntil(BooleanSupplier condition, Duration limit) {
        runReady();
        long end = nowNanos + limit.toNanos();
        while (!condition.getAsBoolean()) {
            Task<?> next = queue.peek();
            if (next == null || next.dueNanos > end) {
                throw new AssertionError("Not so within " + limit + " of simulated time");
            }
            advance(Duration.ofNanos(Math.max(0, next.dueNanos - nowNanos)));
        }
    }

    /** How many tasks wait for their time; what was cancelled does not count. */
    public int pendingTasks() {
        queue.removeIf(FutureTask::isCancelled);
        return queue.size();
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return enqueue(new Task<>(command, dueAfter(delay, unit), 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return enqueue(new Task<>(callable, dueAfter(delay, unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return enqueue(new Task<>(command, dueAfter(initialDelay, unit), unit.toNanos(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        // On simulated time a task takes no time, so that a fixed delay and a fixed rate are the same.
        return scheduleAtFixedRate(command, initialDelay, delay, unit);
    }

    @Override
    public void shutdown() {
        shutdown = true;
        queue.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> waiting = new ArrayList<>(queue);
        shutdown();
        return waiting;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private long dueAfter(long delay, TimeUnit unit) {
        return nowNanos + Math.max(0, unit.toNanos(delay));
    }

    private <V> Task<V> enqueue(Task<V> task) {
        if (!shutdown) {
            queue.add(task);
        }
        return task;
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final long periodNanos;
        private final long order = sequence++;
        private long dueNanos;

        @SuppressWarnings("NullAway") // A Runnable has no result.
        Task(Runnable command, long dueNanos, long periodNanos) {
            super(command, null);
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
        }

        Task(Callable<V> callable, long dueNanos) {
            super(callable);
            this.dueNanos = dueNanos;
            this.periodNanos = 0;
        }

        void runOnce() {
            if (isCancelled()) {
                return;
            }
            if (!isPeriodic()) {
                run();
            } else if (runAndReset()) {
                dueNanos += periodNanos;
                enqueue(this);
            }
        }

        @Override
        protected void setException(Throwable failure) {
            super.setException(failure);
            throw new AssertionError("A task on the simulated loop failed", failure);
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - nowNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> task = (Task<?>) other;
            int byTime = Long.compare(dueNanos, task.dueNanos);
            return byTime != 0 ? byTime : Long.compare(order, task.order);
        }
    }
}
