/** Files and folders over a connection, with checksums and progress; start at {@link dev.lp2p.drop.DropSender} and {@link dev.lp2p.drop.DropReceiver}. */
@NullMarked
package dev.lp2p.drop;

import org.jspecify.annotations.NullMarked;
