/** A display for the tests, and hands that use it as a person does. */
@NullMarked
package dev.lp2p.desktop.display;

import org.jspecify.annotations.NullMarked;
