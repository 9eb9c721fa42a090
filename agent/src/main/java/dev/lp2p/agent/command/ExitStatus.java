package dev.lp2p.agent.command;

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

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
