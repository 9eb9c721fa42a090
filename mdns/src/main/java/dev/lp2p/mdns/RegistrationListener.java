package dev.lp2p.mdns;

/** Hears under which name a service is advertised; called by one thread at a time, which may block. */
public interface RegistrationListener {

    /**
     * The name was free on every interface and is announced now.
     *
     * @param name the name asked for, or that with a number
     */
    void onRegistered(InstanceName name);

    /** After {@link #onRegistered}: another host turned out to own the name, and the service now has a new one. */
    void onRenamed(InstanceName oldName, InstanceName newName);
}
