/** A program on the API that tests start on a host and drive, and what it does there. */
@NullMarked
package dev.lp2p.systemtests.program;

import org.jspecify.annotations.NullMarked;
