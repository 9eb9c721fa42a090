/** What a person at a terminal sees and is asked: the consent of programs that have no windows. */
module dev.lp2p.terminal {
    requires static org.jspecify;
    requires transitive dev.lp2p;
    requires com.google.zxing;

    exports dev.lp2p.terminal;
}
