package dev.lp2p.mdns;

/** Hears of services that come, change and go; called by one thread at a time, which may block. */
public interface BrowseListener {

    /** A service is there, resolved. */
    void onFound(DiscoveredService service);

    /** Something other than name, type and interface changed of a service that was found. */
    default void onUpdated(DiscoveredService service) {}

    /**
     * A service that was found said goodbye, was not heard of for its time to live, or its interface is gone.
     *
     * @param service as last reported
     */
    default void onLost(DiscoveredService service) {}
}
