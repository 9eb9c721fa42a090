/** SQLite behind the stores that osp and lp2p ask for. */
module dev.lp2p.store {
    requires static org.jspecify;
    requires dev.lp2p.osp;
    requires java.sql;
}
