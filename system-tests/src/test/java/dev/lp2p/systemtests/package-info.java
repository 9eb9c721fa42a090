/** The command as people run it, and programs on the API, on several hosts. One file a behaviour. */
@NullMarked
package dev.lp2p.systemtests;

import org.jspecify.annotations.NullMarked;
