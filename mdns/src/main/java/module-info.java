/** DNS-based service discovery (RFC 6763) over multicast DNS (RFC 6762). */
module dev.lp2p.mdns {
    requires static org.jspecify;
    requires org.dnsjava;

    exports dev.lp2p.mdns;
}
