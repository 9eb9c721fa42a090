package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lp2p.PeerCandidate;
import dev.lp2p.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to the user that waits for an answer. Its number names it and, as long as the agent runs, no other. An origin is
 * that of a site or program on this device; what devices, sites and programs call themselves is their own word.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(OpenRequest.Advertise.class),
    @JsonSubTypes.Type(OpenRequest.Choose.class),
    @JsonSubTypes.Type(OpenRequest.Incoming.class),
    @JsonSubTypes.Type(OpenRequest.CodeShown.class),
    @JsonSubTypes.Type(OpenRequest.CodeNeeded.class),
    @JsonSubTypes.Type(OpenRequest.AnotherAttempt.class),
    @JsonSubTypes.Type(OpenRequest.Extend.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface OpenRequest {

    int id();

    /**
     * May devices on the network see this one?
     *
     * @param name under which they would
     */
    @JsonTypeName("advertise")
    record Advertise(int id, String origin, @Nullable String nickname, String name) implements OpenRequest {}

    /** Which device may the origin connect to? */
    @JsonTypeName("choose")
    record Choose(int id, String origin, @Nullable String nickname, List<Candidate> devices) implements OpenRequest {}

    /**
     * May the authenticated device connect to a program or page here?
     *
     * @param claimed for which site or program, as the device says
     * @param receivers where it could go, of which the user chooses one
     */
    @JsonTypeName("incoming")
    record Incoming(
            int id,
            String peer,
            String fingerprint,
            @Nullable String claimed,
            @Nullable String nickname,
            List<String> receivers,
            List<Suspicion> suspicions)
            implements OpenRequest {}

    /** The code is to be entered on the device; here it can only be sent away. */
    @JsonTypeName("code-shown")
    record CodeShown(int id, String peer, String fingerprint, String code) implements OpenRequest {}

    /** Which code does the device show? */
    @JsonTypeName("code-needed")
    record CodeNeeded(int id, String peer, String fingerprint) implements OpenRequest {}

    /** So many codes in a row were wrong: may one more be tried? */
    @JsonTypeName("another-attempt")
    record AnotherAttempt(
            int id, @JsonProperty("wrong-codes") int wrongCodes) implements OpenRequest {}

    /** Nothing was sent for long: is the connection still wanted? */
    @JsonTypeName("extend")
    record Extend(int id, String peer, String fingerprint, String origin) implements OpenRequest {}

    /**
     * A device on the network.
     *
     * @param name empty where it is not known yet
     */
    record Candidate(String name, String fingerprint, boolean known, boolean granted, List<Suspicion> suspicions) {

        static Candidate of(PeerCandidate peer) {
            return new Candidate(
                    peer.name().orElse(""),
                    peer.fingerprint().value(),
                    peer.known(),
                    peer.granted(),
                    peer.suspicions().stream().sorted().toList());
        }
    }
}
