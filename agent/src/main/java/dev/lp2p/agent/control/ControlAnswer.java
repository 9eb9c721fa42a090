package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What the agent answers to its user's commands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(ControlAnswer.Done.class),
    @JsonSubTypes.Type(ControlAnswer.Requests.class),
    @JsonSubTypes.Type(AgentStatus.class),
    @JsonSubTypes.Type(ControlAnswer.Refused.class)
})
public sealed interface ControlAnswer
        permits AgentStatus, ControlAnswer.Done, ControlAnswer.Refused, ControlAnswer.Requests {

    @JsonTypeName("done")
    record Done() implements ControlAnswer {}

    @JsonTypeName("requests")
    record Requests(List<OpenRequest> requests) implements ControlAnswer {}

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
        /** Too many commands at once. */
        BUSY
    }
}
