/** Remembers in a folder who this device is, whom it knows and what its user decided; start at {@link dev.lp2p.store.StateFolder}. */
@NullMarked
package dev.lp2p.store;

import org.jspecify.annotations.NullMarked;
