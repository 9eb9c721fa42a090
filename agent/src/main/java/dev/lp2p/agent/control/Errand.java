package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a command does with this device's identity: in its own process where no agent runs, else in the agent, which has it.
 * Paths may be relative in the process that named them; on their way to another they become absolute.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "errand")
@JsonSubTypes({
    @JsonSubTypes.Type(Errand.Send.class),
    @JsonSubTypes.Type(Errand.Receive.class),
    @JsonSubTypes.Type(Errand.Discover.class),
    @JsonSubTypes.Type(Errand.Peers.class),
    @JsonSubTypes.Type(Errand.Grants.class),
    @JsonSubTypes.Type(Errand.Revoke.class),
    @JsonSubTypes.Type(Errand.RemoveRule.class),
    @JsonSubTypes.Type(Errand.Forget.class),
    @JsonSubTypes.Type(Errand.ForgetAll.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Errand {

    /** What of the command's file system it is about. */
    default List<Path> paths() {
        return List.of();
    }

    /**
     * @param to a name or the start of a fingerprint; null to choose from a list
     * @param code that the other device shows, where it is known
     * @param patience seconds to look for the device
     */
    @JsonTypeName("send")
    record Send(
            List<Path> paths, @Nullable String to, @Nullable String code, int patience) implements Errand {
        public Send {
            paths = List.copyOf(paths);
        }
    }

    /**
     * @param name what others are to see
     * @param accept whether what authenticated devices send is taken without asking
     * @param once whether it ends with the first transfer
     */
    @JsonTypeName("receive")
    record Receive(@Nullable String name, Path dir, boolean accept, boolean once) implements Errand {
        public Receive {
            Objects.requireNonNull(dir);
        }

        @Override
        public List<Path> paths() {
            return List.of(dir);
        }
    }

    /** @param watch whether to go on until it is ended, telling each device that comes and goes */
    @JsonTypeName("discover")
    record Discover(int seconds, boolean watch) implements Errand {}

    @JsonTypeName("peers")
    record Peers() implements Errand {}

    @JsonTypeName("grants")
    record Grants() implements Errand {}

    /** @param device a name or the start of a fingerprint */
    @JsonTypeName("revoke")
    record Revoke(String device) implements Errand {
        public Revoke {
            Objects.requireNonNull(device);
        }
    }

    @JsonTypeName("remove-rule")
    record RemoveRule(String origin) implements Errand {
        public RemoveRule {
            Objects.requireNonNull(origin);
        }
    }

    /** @param device a name or the start of a fingerprint */
    @JsonTypeName("forget")
    record Forget(String device) implements Errand {
        public Forget {
            Objects.requireNonNull(device);
        }
    }

    /** @param yes whether not to ask */
    @JsonTypeName("forget-all")
    record ForgetAll(boolean yes) implements Errand {}
}
