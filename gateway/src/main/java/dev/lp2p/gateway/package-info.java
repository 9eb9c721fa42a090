@NullMarked
package dev.lp2p.gateway;

import org.jspecify.annotations.NullMarked;
