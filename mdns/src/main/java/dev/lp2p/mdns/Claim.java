package dev.lp2p.mdns;

import java.util.List;
import org.xbill.DNS.Name;

/** A name that this host wants for itself, and what it has to say under it. */
interface Claim {

    Name name();

    /** The records under the name, which nobody else may have. */
    List<Resource> unique(LocalInterface link);

    /** Records under names that others use as well. */
    List<Resource> shared();

    /**
     * Whether a record that another sent says that the name is not ours.
     *
     * @param fromThisHost whether the sender has an address of this host, and so may be ourselves on another interface
     */
    boolean isContradictedBy(Resource theirs, boolean fromThisHost);

    /** Takes the next name to try. */
    void rename();
}
