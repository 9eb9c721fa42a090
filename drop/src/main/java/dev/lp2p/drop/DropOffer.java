package dev.lp2p.drop;

import dev.lp2p.Peer;
import java.util.List;

/**
 * What a peer wants to send.
 *
 * @param transfer the sender's id for it
 * @param files how many; no more will be taken
 * @param bytes of all files; no more will be taken
 * @param names some of the files and folders, fit to be shown; what arrives may have other names
 */
public record DropOffer(Peer peer, String transfer, int files, long bytes, List<String> names) {

    public DropOffer {
        names = List.copyOf(names);
    }
}
