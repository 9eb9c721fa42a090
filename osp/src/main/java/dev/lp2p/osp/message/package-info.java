@NullMarked
package dev.lp2p.osp.message;

import org.jspecify.annotations.NullMarked;
