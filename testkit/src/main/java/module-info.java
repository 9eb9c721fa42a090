/** Simulated clock and network, and network hosts for tests. Never published. */
module dev.lp2p.testkit {
    requires static org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports dev.lp2p.testkit;
    exports dev.lp2p.testkit.hosts;
}
