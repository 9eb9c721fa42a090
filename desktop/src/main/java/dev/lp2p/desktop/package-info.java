/** The user on a desktop: what an agent asks, and what a person can look up and take back. */
@NullMarked
package dev.lp2p.desktop;

import org.jspecify.annotations.NullMarked;
