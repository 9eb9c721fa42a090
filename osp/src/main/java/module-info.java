/** The Open Screen Network Protocol: identity, messages, authentication, sessions and known peers. */
module dev.lp2p.osp {
    requires static org.jspecify;
    requires dev.lp2p.mdns;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.handler;
    requires io.netty.codec.classes.quic;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires cafe.cryptography.curve25519_elisabeth;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    // What the API's types are made of: whom a code is for, who is known, what a device says of itself.
    exports dev.lp2p.osp.agent;
    exports dev.lp2p.osp.authentication;
    exports dev.lp2p.osp.identity;
    exports dev.lp2p.osp.message;
    exports dev.lp2p.osp.peer;
    exports dev.lp2p.osp.datachannel to
            dev.lp2p;
    exports dev.lp2p.osp.session to
            dev.lp2p;
    exports dev.lp2p.osp.transport to
            dev.lp2p;
}
