package dev.lp2p.osp.agent;

import dev.lp2p.osp.identity.Fingerprint;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * An agent that advertises itself on the network, as its DNS-SD records describe it. All of it is unverified.
 *
 * @param instanceName the DNS-SD instance name without the mark of truncation
 * @param truncated whether the name is cut, so that it must not be shown before agent-info gave the whole
 * @param fingerprint the TXT record's {@code fp}; a connection is pinned to it
 * @param metadataVersion the TXT record's {@code mv}
 * @param authenticationToken the TXT record's {@code at}
 * @param hostname the agent hostname for TLS SNI, made from {@code sn} and the instance name
 * @param addresses where to dial, best first
 */
public record DiscoveredAgent(
        String instanceName,
        boolean truncated,
        Fingerprint fingerprint,
        long metadataVersion,
        String authenticationToken,
        String hostname,
        List<InetSocketAddress> addresses) {

    public DiscoveredAgent {
        addresses = List.copyOf(addresses);
    }
}
