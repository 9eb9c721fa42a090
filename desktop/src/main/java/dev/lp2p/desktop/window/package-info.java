/** One class a window. Everything here belongs to the event dispatch thread. */
@NullMarked
package dev.lp2p.desktop.window;

import org.jspecify.annotations.NullMarked;
