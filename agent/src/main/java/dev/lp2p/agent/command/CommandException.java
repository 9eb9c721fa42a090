package dev.lp2p.agent.command;

/** Why a command ends early: one line that says what was tried, what was found and what to do. */
public final class CommandException extends RuntimeException {

    private final transient ExitStatus status;

    public CommandException(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    public CommandException(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public ExitStatus status() {
        return status;
    }
}
