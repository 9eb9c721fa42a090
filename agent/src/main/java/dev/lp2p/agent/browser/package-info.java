/** A browser without a window, for {@code lp2p try --web}: knows nothing of lp2p. */
@org.jspecify.annotations.NullMarked
package dev.lp2p.agent.browser;
