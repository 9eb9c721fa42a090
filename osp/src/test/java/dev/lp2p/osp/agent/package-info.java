@NullMarked
package dev.lp2p.osp.agent;

import org.jspecify.annotations.NullMarked;
