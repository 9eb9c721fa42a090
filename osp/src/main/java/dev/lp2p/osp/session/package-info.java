@NullMarked
package dev.lp2p.osp.session;

import org.jspecify.annotations.NullMarked;
