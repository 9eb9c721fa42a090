/** Programs to copy from. */
module dev.lp2p.examples {
    requires static org.jspecify;
    requires dev.lp2p.store;
    requires dev.lp2p.terminal;
}
