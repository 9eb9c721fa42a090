@NullMarked
package dev.lp2p.agent.command;

import org.jspecify.annotations.NullMarked;
