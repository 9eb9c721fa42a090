package dev.lp2p.mdns;

/**
 * A service to advertise.
 *
 * @param name the instance name to try first; a number is added while it is in use
 * @param port where the service listens on this host, 1 to 65535
 */
public record ServiceDescription(InstanceName name, ServiceType type, int port, TextRecord text) {

    /** The highest port number. */
    private static final int MAX_PORT = 65535;

    /** @throws IllegalArgumentException if {@code port} is none */
    public ServiceDescription {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("A port is 1 to " + MAX_PORT + ", not " + port);
        }
    }
}
