@NullMarked
package dev.lp2p.terminal;

import org.jspecify.annotations.NullMarked;
