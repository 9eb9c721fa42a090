@NullMarked
package dev.lp2p.mdns;

import org.jspecify.annotations.NullMarked;
