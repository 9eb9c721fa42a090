/**
 * The Local Peer-to-Peer API for Java programs. A {@link dev.lp2p.LocalPeerToPeerManager} stands between the program, the
 * user ({@link dev.lp2p.Consent}) and the network; an {@link dev.lp2p.LP2PReceiver} waits for other devices, an
 * {@link dev.lp2p.LP2PRequest} asks for one, and both lead to an {@link dev.lp2p.LP2PConnection} with data channels and
 * transports. Errors are {@link dev.lp2p.LP2PException}s.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/">Local Peer-to-Peer API</a>
 */
@NullMarked
package dev.lp2p;

import org.jspecify.annotations.NullMarked;
