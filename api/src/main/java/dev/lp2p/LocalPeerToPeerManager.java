package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.OspAgentListener;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps an agent, and stands between it and the program: discovery never reaches the program, and no peer does without
 * the user's {@link Consent} and an authentication. Methods may be called from any thread.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#local-peer-to-peer-manager">Local peer-to-peer manager</a>
 */
public final class LocalPeerToPeerManager implements AutoCloseable {

    private final LP2PSettings settings;
    private final Consent consent;
    private final CallbackThreads callbacks;
    private final AuthenticationFailures failures = new AuthenticationFailures();
    private final Advertising advertising = new Advertising(this);
    private final Sessions sessions = new Sessions(this);
    private final ConsentPrompts prompts;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PeerToPeerAgent agent;
    private volatile boolean isStarted;

    LocalPeerToPeerManager(
            LP2PSettings settings,
            Consent consent,
            BiFunction<AuthenticationPrompts, OspAgentListener, PeerToPeerAgent> agent) {
        this.settings = settings;
        this.consent = consent;
        this.callbacks = new CallbackThreads(settings.callbackExecutor());
        this.prompts = new ConsentPrompts(consent, callbacks, failures);
        this.agent = agent.apply(prompts, this::onIncomingSession);
        this.isStarted = true;
    }

    /**
     * Starts a manager with an agent of its own, which nobody sees before a receiver is started.
     *
     * @throws LP2PException {@code OperationError} if the identity cannot be read or the network not be used, with a
     *     sentence that says what to do
     */
    public static LocalPeerToPeerManager start(LP2PSettings settings, Consent consent) {
        return new LocalPeerToPeerManager(
                settings, consent, (prompts, listener) -> OspPeerToPeerAgent.start(settings, prompts, listener));
    }

    /** Which device this is. */
    public Fingerprint fingerprint() {
        return agent.fingerprint();
    }

    /** Where other devices connect. */
    public int port() {
        return agent.port();
    }

    /** The name under which other devices see this one, as long as a receiver is started: another than wanted if it was taken. */
    public Optional<String> advertisedName() {
        return advertising.name();
    }

    /** Devices that a person authenticated, the one seen last first. */
    public List<KnownPeer> knownPeers() {
        return settings.peers().list();
    }

    /**
     * Makes a device a stranger, and closes what is open with it.
     *
     * @return whether it was known
     */
    public boolean forget(Fingerprint peer) {
        boolean known = settings.peers().find(peer).isPresent();
        agent.forget(peer);
        return known;
    }

    /**
     * Lists the devices on the network, for a tool of the user such as a command line. Never to be given to a page, nor
     * to anything else that the user did not ask for this list.
     *
     * @param listener is given the whole list now and after each change, on the callback executor
     * @return ends it
     */
    public AutoCloseable discover(Consumer<List<PeerCandidate>> listener) {
        PeerList devices = newPeerList(Optional.empty());
        devices.onChange(listener);
        AutoCloseable discovery = agent.discover(devices);
        return () -> {
            devices.close();
            discovery.close();
        };
    }

    /** Closes every connection, takes this device off the network and ends the agent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onLoop(() -> {
                    sessions.closeAll();
                    return sessions;
                })
                .join();
        agent.close();
        callbacks.close();
    }

    LP2PSettings settings() {
        return settings;
    }

    ConnectionContext context() {
        return new ConnectionContext(loop(), InstantSource.system(), settings, callbacks);
    }

    Consent consent() {
        return consent;
    }

    Executor callbacks() {
        return callbacks;
    }

    ScheduledExecutorService loop() {
        return agent.loop();
    }

    PeerToPeerAgent agent() {
        return agent;
    }

    Advertising advertising() {
        return advertising;
    }

    Sessions sessions() {
        return sessions;
    }

    ConsentPrompts prompts() {
        return prompts;
    }

    static void end(AutoCloseable discovery) {
        try {
            discovery.close();
        } catch (Exception e) {
            throw new IllegalStateException("A discovery did not end", e);
        }
    }

    PeerList newPeerList(Optional<String> nickname) {
        return new PeerList(nickname, this::candidates, callbacks);
    }

    /** Puts a question to the user on the callback executor; cancelling the future cancels the question. */
    <T> CompletableFuture<T> ask(Supplier<CompletionStage<T>> question) {
        return new Question<>(question).putOn(callbacks);
    }

    <T> CompletableFuture<T> onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop());
    }

    private SessionListener onIncomingSession(Session session) {
        if (isStarted) {
            return sessions.listenTo(session);
        }
        // No receiver can be there before there is a manager.
        session.close(SessionCloseReason.CLOSED_HERE);
        return new IgnoredSession();
    }

    private List<PeerCandidate> candidates(Collection<DiscoveredAgent> agents) {
        return new PeerCandidates(knownPeers(), failures::failedOften)
                .of(agents.stream()
                        .filter(agent -> !agent.fingerprint().equals(fingerprint()))
                        .toList());
    }
}
