package dev.lp2p;

import dev.lp2p.osp.agent.MetadataStore;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.osp.peer.PeerStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the draft leaves to the user agent.
 *
 * @param displayName what this device calls itself, for a person to read
 * @param modelName of the device
 * @param identityFile keeps the key that makes this device the one that others know; made if there is none. No two
 *     managers may use one file at the same time
 * @param peers the devices that a person authenticated
 * @param metadata remembers what this device says of itself; lost together with {@code peers}, or neither
 * @param interfaces names of the network interfaces to use; if empty, every usable one except loopback
 * @param port where others connect, 0 for any
 * @param pskEaseOfInput how easily a code is entered here, 0, not possible, to 100, easy; of two devices the one where it
 *     is harder shows the code
 * @param callbackExecutor where listeners and the user's questions run, or null for threads of the manager's own
 * @param listenersOnLoop on whose behalf listeners of connections, channels and transports run on {@link
 *     LocalPeerToPeerManager#loop()} instead, where nothing may block
 * @param receiveWindow bytes of payload that one channel receives ahead of its listener
 * @param origin of the program itself, for its receivers and requests that name no other
 * @param grants what the user decided for always
 * @param answerTime how long a peer's request waits; one that is refused hears so exactly then, whatever the reason
 * @param idleTime after which a connection that nothing was sent or received on closes, unless the user extends it
 * @param closeAtExit whether the end of the process, also by a signal, closes the manager, so that peers learn of it at
 *     once; for a program without an end in order of its own
 */
public record LP2PSettings(
        String displayName,
        String modelName,
        Path identityFile,
        PeerStore peers,
        MetadataStore metadata,
        Set<String> interfaces,
        int port,
        int pskEaseOfInput,
        @Nullable Executor callbackExecutor,
        Predicate<Origin> listenersOnLoop,
        long receiveWindow,
        Origin origin,
        GrantStore grants,
        Duration answerTime,
        Duration idleTime,
        boolean closeAtExit) {

    /** Payload that one channel receives ahead of its listener. */
    public static final long DEFAULT_RECEIVE_WINDOW = 1024 * 1024;

    /** For a person to notice a request and answer. */
    public static final Duration DEFAULT_ANSWER_TIME = Duration.ofMinutes(1);

    /** After which a connection that nobody uses closes. */
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(10);

    /** How long a device that was lost with the network is looked for. */
    public static final Duration RECONNECT_TIME = Duration.ofMinutes(5);

    /**
     * The system property with the names of the network interfaces to use, with commas between, where the program chooses
     * none: {@code -Ddev.lp2p.interfaces=lo} has two programs on one machine find each other without a network.
     */
    public static final String INTERFACES_PROPERTY = "dev.lp2p.interfaces";

    /**
     * The system property with the idle time, as ISO 8601 has it, where the program chooses none: {@code
     * -Ddev.lp2p.idle-time=PT1H} for an hour.
     */
    public static final String IDLE_TIME_PROPERTY = "dev.lp2p.idle-time";

    /** A keyboard, on a device of which nothing more is known. */
    public static final int DEFAULT_PSK_EASE_OF_INPUT = 50;

    /** A time that is longer was meant otherwise. */
    private static final Duration LONGEST_TIME = Duration.ofDays(366);

    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if a number or a time is out of its range, with a sentence that says which is not */
    public LP2PSettings {
        interfaces = Set.copyOf(interfaces);
        require(port >= 0 && port <= MAX_PORT, "A port is 0 (any) to " + MAX_PORT + ", not " + port);
        require(pskEaseOfInput >= 0 && pskEaseOfInput <= 100, "An ease of input is 0 to 100, not " + pskEaseOfInput);
        require(receiveWindow > 0, "A receive window is 1 byte or more, not " + receiveWindow);
        requireTime("An answer time", answerTime);
        requireTime("An idle time", idleTime);
    }

    private static void requireTime(String what, Duration time) {
        boolean isInRange = time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(LONGEST_TIME) <= 0;
        require(isInRange, what + " is a millisecond to " + LONGEST_TIME.toDays() + " days, not " + time);
    }

    private static void require(boolean isMet, String otherwise) {
        if (!isMet) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The settings that every device has to choose; the others have usual values. */
    public static Builder builder(String displayName, Path identityFile, PeerStore peers, MetadataStore metadata) {
        return new Builder(displayName, identityFile, peers, metadata);
    }

    AuthCapabilities authCapabilities() {
        return new AuthCapabilities(
                pskEaseOfInput, Set.of(PskInputMethod.NUMERIC), AuthCapabilities.MIN_BITS_OF_ENTROPY);
    }

    List<String> locales() {
        return List.of(Locale.getDefault().toLanguageTag());
    }

    /** Makes settings; each method changes one of them and returns the builder. */
    public static final class Builder {

        private final String displayName;
        private final Path identityFile;
        private final PeerStore peers;
        private final MetadataStore metadata;
        private String modelName = System.getProperty("os.name");
        private Set<String> interfaces = Stream.of(
                        System.getProperty(INTERFACES_PROPERTY, "").split(","))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        private int port;
        private int pskEaseOfInput = DEFAULT_PSK_EASE_OF_INPUT;
        private @Nullable Executor callbackExecutor;
        private Predicate<Origin> listenersOnLoop = origin -> false;
        private long receiveWindow = DEFAULT_RECEIVE_WINDOW;
        private Origin origin = Origin.UNNAMED;
        private GrantStore grants = new InMemoryGrantStore();
        private Duration answerTime = DEFAULT_ANSWER_TIME;
        private Duration idleTime =
                Duration.parse(System.getProperty(IDLE_TIME_PROPERTY, DEFAULT_IDLE_TIME.toString()));
        private boolean closeAtExit = true;

        private Builder(String displayName, Path identityFile, PeerStore peers, MetadataStore metadata) {
            this.displayName = displayName;
            this.identityFile = identityFile;
            this.peers = peers;
            this.metadata = metadata;
        }

        /** The name of the operating system, unless called. */
        public Builder modelName(String name) {
            modelName = name;
            return this;
        }

        /** Those that {@value #INTERFACES_PROPERTY} names, unless called. */
        public Builder interfaces(Collection<String> names) {
            interfaces = Set.copyOf(names);
            return this;
        }

        /** Any that is free, unless called. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** {@value #DEFAULT_PSK_EASE_OF_INPUT}, unless called. */
        public Builder pskEaseOfInput(int ease) {
            pskEaseOfInput = ease;
            return this;
        }

        /** Threads of the manager, unless called. The executor must not run tasks on the thread that gives them. */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = executor;
            return this;
        }

        /**
         * Runs listeners of connections, channels and transports, and what depends on their futures, on {@link
         * LocalPeerToPeerManager#loop()}, unless called nobody's. A message then reaches a program that lives on the loop
         * without a change of threads; one listener that blocks stops every connection of the manager, and the manager's
         * own timers.
         *
         * @param whose the sites and programs here on whose behalf it only passes on what it hears
         */
        public Builder listenersOnLoop(Predicate<Origin> whose) {
            listenersOnLoop = whose;
            return this;
        }

        /** {@value #DEFAULT_RECEIVE_WINDOW} bytes, unless called. */
        public Builder receiveWindow(long bytes) {
            receiveWindow = bytes;
            return this;
        }

        /**
         * Names the program, so that the same program on another device is known as such: {@code lp2p:chat-app} for "Chat
         * App". Without a name, the user chooses for each peer which program it reaches.
         *
         * @throws IllegalArgumentException if no letter from a to z and no digit is in the name, or it is too long
         */
        public Builder program(String name) {
            origin = Origin.ofProgram(name);
            return this;
        }

        /** Without a store, grants are forgotten with the process. */
        public Builder grants(GrantStore store) {
            grants = store;
            return this;
        }

        /** {@link #DEFAULT_ANSWER_TIME}, unless called. */
        public Builder answerTime(Duration time) {
            answerTime = time;
            return this;
        }

        /** What {@value #IDLE_TIME_PROPERTY} says, or else {@link #DEFAULT_IDLE_TIME}, unless called. */
        public Builder idleTime(Duration time) {
            idleTime = time;
            return this;
        }

        /** Whether the manager says goodbye to its peers when the process ends, however it is asked to; it does at first. */
        public Builder closeAtExit(boolean close) {
            closeAtExit = close;
            return this;
        }

        /** The settings as chosen so far. */
        public LP2PSettings build() {
            return new LP2PSettings(
                    displayName,
                    modelName,
                    identityFile,
                    peers,
                    metadata,
                    interfaces,
                    port,
                    pskEaseOfInput,
                    callbackExecutor,
                    listenersOnLoop,
                    receiveWindow,
                    origin,
                    grants,
                    answerTime,
                    idleTime,
                    closeAtExit);
        }
    }
}
