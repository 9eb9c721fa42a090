@NullMarked
package dev.lp2p.agent;

import org.jspecify.annotations.NullMarked;
