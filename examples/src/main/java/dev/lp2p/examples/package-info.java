@NullMarked
package dev.lp2p.examples;

import org.jspecify.annotations.NullMarked;
