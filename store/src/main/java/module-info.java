/** SQLite behind the stores that osp and lp2p ask for. */
module dev.lp2p.store {
    requires static org.jspecify;
    requires transitive dev.lp2p;
    requires transitive dev.lp2p.osp;
    requires java.sql;
    requires jdk.security.auth;
    requires org.xerial.sqlitejdbc;

    exports dev.lp2p.store;
}
