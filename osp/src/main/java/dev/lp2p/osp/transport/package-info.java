@NullMarked
package dev.lp2p.osp.transport;

import org.jspecify.annotations.NullMarked;
