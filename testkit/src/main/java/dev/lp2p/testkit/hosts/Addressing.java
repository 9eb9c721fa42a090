package dev.lp2p.testkit.hosts;

/** Which addresses a host has. */
public enum Addressing {
    /** IPv4 in 10.77.0.0/24, IPv6 in fd77::/64, and a link-local address. */
    BOTH,
    /** IPv4 in 10.77.0.0/24; the host has no IPv6 at all. */
    IPV4,
    /** IPv6 in fd77::/64 and a link-local address; IPv4 on the loopback interface only. */
    IPV6,
    /** The host has no network: a loopback interface is all there is. */
    LOOPBACK_ONLY
}
