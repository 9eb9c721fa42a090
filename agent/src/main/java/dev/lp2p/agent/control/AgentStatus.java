package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lp2p.OpenConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs.
 *
 * @param name under which others see this device; null while nothing here wants to be found
 * @param port where devices connect
 * @param gatewayPort where pages on this device connect
 * @param since when the agent started
 * @param asks whether in windows or by {@code lp2p requests}
 */
@JsonTypeName("status")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgentStatus(
        long process,
        @Nullable String name,
        String fingerprint,
        int port,
        @JsonProperty("gateway-port") int gatewayPort,
        String since,
        Asks asks,
        @JsonProperty("open-requests") int openRequests,
        @JsonProperty("known-devices") int knownDevices,
        List<Connection> connections)
        implements ControlAnswer {

    /** How the agent asks its user. */
    public enum Asks {
        @JsonProperty("windows")
        WINDOWS,
        @JsonProperty("requests")
        REQUESTS
    }

    /** A site or program here that is connected to a device. */
    public record Connection(
            String origin,
            String peer,
            String fingerprint,
            String since,
            @JsonProperty("bytes-sent") long bytesSent,
            @JsonProperty("bytes-received") long bytesReceived) {

        static Connection of(OpenConnection open) {
            return new Connection(
                    open.origin().value(),
                    open.peer().displayName(),
                    open.peer().fingerprint().value(),
                    open.since().toString(),
                    open.bytesSent(),
                    open.bytesReceived());
        }
    }
}
