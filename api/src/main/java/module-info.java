/** The Local Peer-to-Peer API in Java, and the local peer-to-peer manager. */
module dev.lp2p {
    requires static org.jspecify;
    requires transitive dev.lp2p.osp;
    requires io.netty.buffer;
    requires io.netty.common;

    exports dev.lp2p;
}
