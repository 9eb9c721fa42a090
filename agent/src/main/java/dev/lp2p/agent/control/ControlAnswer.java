package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the agent answers to its user's commands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(ControlAnswer.Done.class),
    @JsonSubTypes.Type(ControlAnswer.Requests.class),
    @JsonSubTypes.Type(AgentStatus.class),
    @JsonSubTypes.Type(ControlAnswer.Output.class),
    @JsonSubTypes.Type(ControlAnswer.InputWanted.class),
    @JsonSubTypes.Type(ControlAnswer.Ended.class),
    @JsonSubTypes.Type(ControlAnswer.Refused.class)
})
public sealed interface ControlAnswer
        permits AgentStatus,
                ControlAnswer.Done,
                ControlAnswer.Ended,
                ControlAnswer.InputWanted,
                ControlAnswer.Output,
                ControlAnswer.Refused,
                ControlAnswer.Requests {

    @JsonTypeName("done")
    record Done() implements ControlAnswer {}

    @JsonTypeName("requests")
    record Requests(List<OpenRequest> requests) implements ControlAnswer {}

    /**
     * An errand prints.
     *
     * @param bytes in Base64, in the charset of the caller
     * @param error whether on standard error
     */
    @JsonTypeName("output")
    record Output(String bytes, boolean error) implements ControlAnswer {

        public static Output of(byte[] bytes, boolean error) {
            return new Output(Base64.getEncoder().encodeToString(bytes), error);
        }

        /** @throws IllegalArgumentException if it is no Base64 */
        public byte[] decoded() {
            return Base64.getDecoder().decode(bytes);
        }
    }

    /** An errand reads the next line of standard input. */
    @JsonTypeName("input-wanted")
    record InputWanted() implements ControlAnswer {}

    /**
     * An errand is over.
     *
     * @param status the exit status
     * @param failure a sentence for the user, or null if there is nothing more to say
     */
    @JsonTypeName("ended")
    record Ended(int status, @Nullable String failure) implements ControlAnswer {}

    /** @param message a sentence for the user */
    @JsonTypeName("refused")
    record Refused(Reason reason, String message) implements ControlAnswer {}

    /** Why the agent did not do what it was told. */
    enum Reason {
        /** The agent and the command are of versions that do not understand each other. */
        VERSION,
        /** It is nothing that the agent knows. */
        UNKNOWN,
        /** No such question, or not one with such an answer. */
        NOT_OPEN,
        /** The agent has no display. */
        NO_WINDOWS,
        /** Too many commands at once. */
        BUSY
    }
}
