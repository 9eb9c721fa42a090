package dev.lp2p.gateway;

import java.util.concurrent.Executor;

/** What the agent may hold of payload, for all pages of a gateway together. */
record Budgets(SharedBudget forPeers, SharedBudget forPages) {

    Budgets(Executor loop) {
        this(
                new SharedBudget(loop, Limits.ALL_HELD_BYTES, PageSession::heldBytes),
                new SharedBudget(loop, Limits.ALL_UNTAKEN_BYTES, PageSession::untakenBytes));
    }

    void add(PageSession page) {
        forPeers.add(page);
        forPages.add(page);
    }

    void remove(PageSession page) {
        forPeers.remove(page);
        forPages.remove(page);
    }
}
