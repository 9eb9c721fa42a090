/** The command as people run it, on several hosts. One file a behaviour. */
@NullMarked
package dev.lp2p.systemtests;

import org.jspecify.annotations.NullMarked;
