@NullMarked
package dev.lp2p.testkit;

import org.jspecify.annotations.NullMarked;
