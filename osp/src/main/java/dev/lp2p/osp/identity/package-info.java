@NullMarked
package dev.lp2p.osp.identity;

import org.jspecify.annotations.NullMarked;
