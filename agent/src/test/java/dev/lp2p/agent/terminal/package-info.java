@NullMarked
package dev.lp2p.agent.terminal;

import org.jspecify.annotations.NullMarked;
