/** The lp2p command: the composition root. */
module dev.lp2p.agent {
    requires static org.jspecify;
    requires dev.lp2p.drop;
    requires dev.lp2p.store;
    requires info.picocli;
    requires java.logging;
}
