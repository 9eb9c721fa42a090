@NullMarked
package dev.lp2p.store;

import org.jspecify.annotations.NullMarked;
