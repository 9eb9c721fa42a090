@NullMarked
package dev.lp2p.agent.control;

import org.jspecify.annotations.NullMarked;
