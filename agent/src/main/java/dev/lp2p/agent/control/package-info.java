/** What the agent in the background is asked and told by the commands of its user. */
@NullMarked
package dev.lp2p.agent.control;

import org.jspecify.annotations.NullMarked;
