@NullMarked
package dev.lp2p.osp.quic;

import org.jspecify.annotations.NullMarked;
