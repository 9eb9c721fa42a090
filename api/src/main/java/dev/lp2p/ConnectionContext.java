package dev.lp2p;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** What every connection of a manager has in common. */
record ConnectionContext(
        ScheduledExecutorService loop, InstantSource clock, LP2PSettings settings, Executor callbacks) {}
