package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lp2p.Grant;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the user's commands tell the agent. A record that lacks something cannot be made, whoever sent it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(ControlRequest.Status.class),
    @JsonSubTypes.Type(ControlRequest.Requests.class),
    @JsonSubTypes.Type(ControlRequest.Allow.class),
    @JsonSubTypes.Type(ControlRequest.Deny.class),
    @JsonSubTypes.Type(ControlRequest.Code.class),
    @JsonSubTypes.Type(ControlRequest.Choose.class),
    @JsonSubTypes.Type(ControlRequest.Run.class),
    @JsonSubTypes.Type(ControlRequest.Input.class),
    @JsonSubTypes.Type(ControlRequest.EndOfInput.class),
    @JsonSubTypes.Type(ControlRequest.Show.class),
    @JsonSubTypes.Type(ControlRequest.Stop.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ControlRequest {

    @JsonTypeName("status")
    record Status() implements ControlRequest {}

    @JsonTypeName("requests")
    record Requests() implements ControlRequest {}

    /** @param to the receiver, where there are several */
    @JsonTypeName("allow")
    record Allow(int id, Grant.Lifetime lifetime, @Nullable String to) implements ControlRequest {
        public Allow {
            Objects.requireNonNull(lifetime);
        }
    }

    @JsonTypeName("deny")
    record Deny(int id, boolean never) implements ControlRequest {}

    @JsonTypeName("code")
    record Code(int id, String code) implements ControlRequest {
        public Code {
            Objects.requireNonNull(code);
        }
    }

    /** @param device its whole fingerprint */
    @JsonTypeName("choose")
    record Choose(int id, String device, Grant.Lifetime lifetime) implements ControlRequest {
        public Choose {
            device = new Fingerprint(device).value();
            Objects.requireNonNull(lifetime);
        }
    }

    /** Shows the window of devices and permissions. */
    @JsonTypeName("show")
    record Show() implements ControlRequest {}

    /** Ends the agent; the connection ends once it let go of everything. */
    @JsonTypeName("stop")
    record Stop() implements ControlRequest {}

    /** Does what a command is to do, with the agent's identity; what it prints and asks goes to and fro. The last of a connection. */
    @JsonTypeName("run")
    record Run(Errand what, Caller caller) implements ControlRequest {
        public Run {
            Objects.requireNonNull(what);
            Objects.requireNonNull(caller);
        }
    }

    /** Answers {@link ControlAnswer.InputWanted}. */
    @JsonTypeName("input")
    record Input(String line) implements ControlRequest {
        public Input {
            Objects.requireNonNull(line);
        }
    }

    @JsonTypeName("end-of-input")
    record EndOfInput() implements ControlRequest {}
}
