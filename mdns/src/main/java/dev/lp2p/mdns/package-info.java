/** Finds and advertises services on the local network; start at {@link dev.lp2p.mdns.MulticastDns}. */
@NullMarked
package dev.lp2p.mdns;

import org.jspecify.annotations.NullMarked;
