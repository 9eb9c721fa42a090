package dev.lp2p.agent.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * Who called a command, and where its words go.
 *
 * @param json whether a program reads it
 * @param interfaces that the command line names
 * @param charset of the terminal
 * @param ansi whether it understands ANSI sequences
 * @param columns its width when the command began
 */
public record Caller(
        boolean json,
        List<String> interfaces,
        String charset,
        @JsonProperty("in-is-terminal") boolean inIsTerminal,
        @JsonProperty("out-is-terminal") boolean outIsTerminal,
        @JsonProperty("err-is-terminal") boolean errIsTerminal,
        boolean ansi,
        int columns) {

    public Caller {
        interfaces = List.copyOf(interfaces);
        Objects.requireNonNull(charset);
    }
}
