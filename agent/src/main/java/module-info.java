/** The lp2p command: the composition root. */
module dev.lp2p.agent {
    requires static org.jspecify;
    requires dev.lp2p.desktop;
    requires dev.lp2p.drop;
    requires dev.lp2p.gateway;
    requires dev.lp2p.store;
    requires dev.lp2p.terminal;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.logging;
    requires java.net.http;
    requires jdk.net;

    opens dev.lp2p.agent.command to
            info.picocli;
    opens dev.lp2p.agent.control to
            com.fasterxml.jackson.databind;
    opens dev.lp2p.agent.event to
            com.fasterxml.jackson.databind;
}
