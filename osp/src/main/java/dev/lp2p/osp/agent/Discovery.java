package dev.lp2p.osp.agent;

/** A search for agents, until it is closed. */
public interface Discovery extends AutoCloseable {

    @Override
    void close();
}
