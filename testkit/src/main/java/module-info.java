/** Simulated clock and network, and network hosts for tests. Never published. */
module dev.lp2p.testkit {
    requires static org.jspecify;

    exports dev.lp2p.testkit;
}
