@NullMarked
package dev.lp2p.agent.event;

import org.jspecify.annotations.NullMarked;
