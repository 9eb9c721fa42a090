/** The loopback gateway for web pages. */
module dev.lp2p.gateway {
    requires static org.jspecify;
    requires transitive dev.lp2p;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;

    exports dev.lp2p.gateway;
}
