/** The lp2p command: the composition root. */
module dev.lp2p.agent {
    requires static org.jspecify;
    requires dev.lp2p.drop;
    requires dev.lp2p.store;
    requires dev.lp2p.terminal;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.logging;

    opens dev.lp2p.agent.command to
            info.picocli;
    opens dev.lp2p.agent.event to
            com.fasterxml.jackson.databind;
}
