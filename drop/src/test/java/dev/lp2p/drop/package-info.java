@NullMarked
package dev.lp2p.drop;

import org.jspecify.annotations.NullMarked;
