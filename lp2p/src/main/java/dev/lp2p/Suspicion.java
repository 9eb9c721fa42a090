package dev.lp2p;

/** Why a device may not be the one that its name says. It is shown as such wherever the device is shown. */
public enum Suspicion {
    /** One key under two services at once: somebody repeats the announcement of a device, or runs a copy of it. */
    ANNOUNCED_TWICE("is announced by two services at once"),
    /** A known device that has another name than last time. */
    CHANGED_NAME("had another name last time"),
    /** A stranger with the name of a known device, or one that looks like it. */
    LOOK_ALIKE_NAME("is not the known device of this name"),
    /** Authentication with it failed several times. */
    REPEATED_FAILURES("failed to authenticate several times");

    private final String words;

    Suspicion(String words) {
        this.words = words;
    }

    /** In words that follow the device's name. */
    public String words() {
        return words;
    }
}
