package dev.lp2p.agent.command;

/** What the command's exit status means. On a signal it is 128 and the signal's number, as the shells have it. */
public enum ExitStatus {
    DONE(0, "done"),
    FAILED(1, "something else went wrong"),
    USAGE(2, "the command line is wrong"),
    NOT_FOUND(3, "no such device"),
    AUTHENTICATION_FAILED(4, "authentication failed"),
    DECLINED(5, "declined, or no answer"),
    INCOMPLETE(6, "not everything arrived");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
