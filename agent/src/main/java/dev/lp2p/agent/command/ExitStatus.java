package dev.lp2p.agent.command;

import java.util.Arrays;

/** What the command's exit status means. On a signal it is 128 and the signal's number, as the shells have it. */
public enum ExitStatus {
    DONE(0),
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    AUTHENTICATION_FAILED(4),
    DECLINED(5),
    INCOMPLETE(6);

    private final int code;

    /** The one that a process says; {@link #FAILED} for what is none of these. */
    static ExitStatus of(int code) {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElse(FAILED);
    }

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
