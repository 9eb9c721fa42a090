package dev.lp2p.agent.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lp2p.agent.control.AgentStatus;
import dev.lp2p.agent.control.OpenRequest;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --json} tells a program: all of it. Names and paths stand as the peer gave them, unverified and unchanged;
 * a fingerprint is the whole one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {

    /** This device can be found. */
    @JsonTypeName("ready")
    record Ready(String name, String fingerprint, int port) implements Event {}

    /** A device appeared, or its description changed. */
    @JsonTypeName("found")
    record Found(String name, String fingerprint, boolean known) implements Event {}

    /** A device said goodbye, or was not heard of for long. */
    @JsonTypeName("lost")
    record Lost(String name, String fingerprint) implements Event {}

    /** The code to enter at the peer. */
    @JsonTypeName("code")
    record Code(String code, String peer, String fingerprint) implements Event {}

    /** The peer shows a code; a line of standard input is to hold it. */
    @JsonTypeName("code-needed")
    record CodeNeeded(String peer, String fingerprint) implements Event {}

    /** Many codes in a row were wrong; a line of standard input is to say {@code yes}, one more may be tried, or {@code no}. */
    @JsonTypeName("confirmation-needed")
    record ConfirmationNeeded(@JsonProperty("wrong-codes") int wrongCodes) implements Event {}

    /** The peer is who its fingerprint says, and a person vouched for it now or before. */
    @JsonTypeName("authenticated")
    record Authenticated(String peer, String fingerprint) implements Event {}

    /**
     * Something that is not {@code lp2p} on the peer wants to offer files; a line of standard input is to say {@code yes}
     * or {@code no}.
     *
     * @param origin what the peer says that it is
     */
    @JsonTypeName("permission-needed")
    record PermissionNeeded(String peer, String fingerprint, String origin) implements Event {}

    /** The peer offers files; without {@code --accept}, a line of standard input is to say {@code yes} or {@code no}. */
    @JsonTypeName("offer")
    record Offer(String peer, String fingerprint, long files, long bytes) implements Event {}

    /** At most a few a second, and one at the end. */
    @JsonTypeName("progress")
    record Progress(String path, long done, long total) implements Event {}

    /** A file stands in the folder under {@code path}, its bytes compared. */
    @JsonTypeName("received")
    record Received(String path, long bytes, String sha256) implements Event {}

    /** The peer has a file and its bytes are compared. */
    @JsonTypeName("sent")
    record Sent(String path, long bytes, String sha256) implements Event {}

    /** What cannot be sent at all, such as a symbolic link, and was not counted in the offer. */
    @JsonTypeName("skipped")
    record Skipped(String reason, String path) implements Event {}

    /** A transfer is over and everything is there. */
    @JsonTypeName("done")
    record Done(long files, long bytes, double seconds) implements Event {}

    /** A device that a person authenticated on this one. */
    @JsonTypeName("peer")
    record KnownPeer(
            String name,
            String fingerprint,
            String authenticated,
            @JsonProperty("last-seen") String lastSeen) implements Event {}

    /** A device needs a code again from now on. */
    @JsonTypeName("forgotten")
    record Forgotten(String name, String fingerprint) implements Event {}

    /**
     * What the user decided about a device and an origin for longer than once.
     *
     * @param direction {@code incoming} if it lets the device connect to the origin here, {@code outgoing} if it lets the
     *     origin here connect to the device
     * @param claimed what the device says that it is
     * @param decision {@code allow} or {@code never}
     */
    @JsonTypeName("grant")
    record GrantGiven(
            String fingerprint,
            String direction,
            String origin,
            @Nullable String claimed,
            String decision,
            String granted,
            @JsonProperty("last-used") @Nullable String lastUsed)
            implements Event {}

    /** What the user decided about an origin on this device. */
    @JsonTypeName("origin-rule")
    record OriginRule(String origin, String rule) implements Event {}

    /** A device has one grant less. */
    @JsonTypeName("revoked")
    record Revoked(String fingerprint, String origin) implements Event {}

    /** The agent runs. */
    @JsonTypeName("agent-ready")
    record AgentReady(
            String fingerprint,
            int port,
            @JsonProperty("gateway-port") int gatewayPort) implements Event {}

    /** What the agent does that runs. */
    @JsonTypeName("agent-status")
    record Status(AgentStatus status) implements Event {}

    /** The agent asks its user. */
    @JsonTypeName("request")
    record Request(OpenRequest request) implements Event {}

    /** A page of {@code lp2p try --web}, as it looked. */
    @JsonTypeName("picture")
    record Picture(String path) implements Event {}

    /** Something did not work. */
    @JsonTypeName("failed")
    record Failed(String reason, @Nullable String path) implements Event {
        public Failed(String reason) {
            this(reason, null);
        }
    }
}
