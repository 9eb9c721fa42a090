@NullMarked
package dev.lp2p.benchmarks;

import org.jspecify.annotations.NullMarked;
