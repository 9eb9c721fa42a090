@NullMarked
package dev.lp2p.osp.datachannel;

import org.jspecify.annotations.NullMarked;
