@NullMarked
package dev.lp2p.osp.authentication;

import org.jspecify.annotations.NullMarked;
