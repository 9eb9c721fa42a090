/**
 * QUIC for the agent: the contracts of {@code dev.lp2p.osp.transport} on Netty. The only package that knows the QUIC library.
 */
@NullMarked
package dev.lp2p.osp.quic;

import org.jspecify.annotations.NullMarked;
