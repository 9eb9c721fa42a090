/** The user's consent at a terminal, for programs that have no windows; start at {@link dev.lp2p.terminal.TerminalConsent}. */
@NullMarked
package dev.lp2p.terminal;

import org.jspecify.annotations.NullMarked;
