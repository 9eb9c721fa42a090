/** Sending files and folders to a peer, on the Local Peer-to-Peer API. */
module dev.lp2p.drop {
    requires static org.jspecify;
    requires transitive dev.lp2p;
    requires com.fasterxml.jackson.databind;

    exports dev.lp2p.drop;
}
