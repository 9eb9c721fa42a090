@NullMarked
package dev.lp2p;

import org.jspecify.annotations.NullMarked;
