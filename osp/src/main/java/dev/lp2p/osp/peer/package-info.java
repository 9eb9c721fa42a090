@NullMarked
package dev.lp2p.osp.peer;

import org.jspecify.annotations.NullMarked;
