package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.OspAgentListener;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final GrantLookUps lookUps;
    private final AuthenticationFailures failures = new AuthenticationFailures();
    private final Advertising advertising = new Advertising(this);
    private final SessionHub sessions = new SessionHub(this);
    private final ConsentPrompts prompts;
    private final Set<ConnectionRequest> requests = new LinkedHashSet<>();
    private final Queue<Runnable> pendingNews = new ConcurrentLinkedQueue<>();
    private final EventQueue newsToTell;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PeerToPeerAgent agent;
    private final Grants grants;
    private final ConsentRules rules;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread atExit = new Thread(this::closeAtExit, "lp2p-close-at-exit");
    private volatile boolean isStarted;

    LocalPeerToPeerManager(
            LP2PSettings settings,
            Consent consent,
            BiFunction<AuthenticationPrompts, OspAgentListener, PeerToPeerAgent> agent) {
        this.settings = settings;
        this.consent = consent;
        this.callbacks = new CallbackThreads(settings.callbackExecutor());
        this.lookUps = new GrantLookUps(callbacks);
        this.newsToTell = new EventQueue(callbacks, this::tellNews);
        this.prompts = new ConsentPrompts(consent, callbacks, failures);
        this.agent = agent.apply(prompts, this::onIncomingSession);
        this.grants = new Grants(settings.grants(), this.agent.clock());
        this.rules = new ConsentRules(
                consent, settings.grants(), this::block, this.agent.loop(), callbacks, this.agent.clock());
        this.isStarted = true;
    }

    /**
     * Starts a manager with an agent of its own, which nobody sees before a receiver is started.
     *
     * @throws LP2PException {@code OperationError} if the identity cannot be read or the network not be used, with a
     *     sentence that says what to do
     */
    public static LocalPeerToPeerManager start(LP2PSettings settings, Consent consent) {
        LocalPeerToPeerManager manager = new LocalPeerToPeerManager(
                settings, consent, (prompts, listener) -> OspPeerToPeerAgent.start(settings, prompts, listener));
        if (settings.closeAtExit()) {
            Runtime.getRuntime().addShutdownHook(manager.atExit);
        }
        return manager;
    }

    /** Which device this is. */
    public Fingerprint fingerprint() {
        return agent.fingerprint();
    }

    /** Where other devices connect. */
    public int port() {
        return agent.port();
    }

    /**
     * The one thread that owns the manager's connections, for a program that is to share it, see {@link
     * LP2PSettings.Builder#listenersOnLoop}. What runs there must never block; ends with the manager, and not before.
     */
    public ScheduledExecutorService loop() {
        return agent.loop();
    }

    /** The name under which other devices see this one, as long as a receiver is started: another than wanted if it was taken. */
    public Optional<String> advertisedName() {
        return advertising.name();
    }

    /**
     * What is open now, for a tool of the user such as a command line. Waits for the agent, so not to be called in a
     * listener that it waits for; empty once the manager is closed.
     */
    public List<OpenConnection> openConnections() {
        return closed.get() ? List.of() : onLoop(sessions::open).join();
    }

    /** Devices that a person authenticated, the one seen last first. */
    public List<KnownPeer> knownPeers() {
        return settings.peers().list();
    }

    /**
     * Makes a device a stranger with no grants, and closes what is open with it.
     *
     * @return whether it was known
     */
    public boolean forget(Fingerprint peer) {
        boolean known = settings.peers().find(peer).isPresent();
        agent.forget(peer);
        grants.removeAll(peer);
        revoked(terms -> terms.key().peer().equals(peer));
        return known;
    }

    /** What the user decided for longer than one connection: for always, and for sessions that are open. */
    public List<Grant> grants() {
        return grants.list();
    }

    /**
     * Withdraws a grant, so that the user is asked again, and closes at once what is open under it.
     *
     * @return whether it still held
     */
    public boolean revoke(Grant.Key grant) {
        boolean held = grants.remove(grant);
        revoked(terms -> terms.key().equals(grant));
        return held;
    }

    /** Has nothing of an origin reach the user or a device any more, and closes at once what is open for it. */
    public void block(Origin origin) {
        settings.grants().setRule(origin, OriginRule.BLOCKED);
        post(() -> {
            advertising.stopAll(origin);
            List.copyOf(requests).stream()
                    .filter(request -> request.origin().equals(origin))
                    .forEach(ConnectionRequest::blocked);
        });
        revoked(terms -> terms.key().origin().equals(origin));
    }

    /** What the user decided about origins of this device, whichever peer they meet. */
    public Map<Origin, OriginRule> originRules() {
        return settings.grants().rules();
    }

    /**
     * Unblocks an origin, or has the user asked again before it makes this device visible.
     *
     * @return whether there was a rule
     */
    public boolean removeRule(Origin origin) {
        return settings.grants().removeRule(origin);
    }

    /**
     * Lists the devices on the network, for a tool of the user such as a command line. Never to be given to a page, nor
     * to anything else that the user did not ask for this list.
     *
     * @param listener is given the whole list now and after each change, on the callback executor
     * @return ends it
     */
    public AutoCloseable discover(Consumer<List<PeerCandidate>> listener) {
        PeerList devices = newPeerList(settings.origin(), Optional.empty(), () -> {});
        devices.onChange(listener);
        AutoCloseable discovery = agent.discover(devices);
        return () -> {
            devices.close();
            discovery.close();
        };
    }

    /**
     * Connects for a tool of the user such as a command line, where the user chooses the device. Never for a page: the
     * rules that keep one from asking too much do not hold. Codes and everything else are the business of the
     * {@link Consent}, as ever.
     *
     * @param origin on whose behalf, such as that of a program
     * @param chooser has the user choose, on the callback executor; cancelled if the future is
     * @return as that of {@link LP2PRequest#start()}; cancelling it gives up
     */
    public CompletableFuture<LP2PConnection> connect(
            Origin origin,
            LP2PRequestOptions options,
            Function<PeerChoice, CompletionStage<Optional<Consent.ChosenPeer>>> chooser) {
        return new LP2PRequest(this, origin, options).start(chooser);
    }

    /**
     * Closes every connection, takes this device off the network and ends the agent, and returns when that is done. What
     * was sent on data channels still leaves, as far as the peers take it within two seconds.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onLoop(() -> {
                    advertising.closeAll();
                    List.copyOf(requests).forEach(ConnectionRequest::managerClosed);
                    return sessions.closeInOrder();
                })
                .thenCompose(closing -> closing)
                .join();
        agent.close();
        callbacks.close();
        ended.complete(null);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends.
        }
    }

    private void closeAtExit() {
        close();
        // The program may have begun to close, which the end of the process must not cut short.
        ended.join();
    }

    LP2PSettings settings() {
        return settings;
    }

    Consent consent() {
        return consent;
    }

    Executor callbacks() {
        return callbacks;
    }

    /** Runs a task on the loop, unless the manager is closed: then false. */
    boolean post(Runnable task) {
        return ConnectionContext.post(agent.loop(), task);
    }

    boolean isClosed() {
        return closed.get();
    }

    static LP2PException isClosedFailure() {
        return new LP2PException(
                LP2PException.Name.ABORT_ERROR, "The local peer-to-peer manager was closed; start another");
    }

    /** Requests that are under way; the loop's. */
    Set<ConnectionRequest> requests() {
        return requests;
    }

    PeerToPeerAgent agent() {
        return agent;
    }

    Advertising advertising() {
        return advertising;
    }

    Grants decided() {
        return grants;
    }

    GrantLookUps lookUps() {
        return lookUps;
    }

    ConsentRules rules() {
        return rules;
    }

    /** What connections need that are made on behalf of a site or program here. */
    ConnectionContext connections(Origin origin) {
        ScheduledExecutorService loop = agent.loop();
        Executor listeners = settings.listenersOnLoop().test(origin) ? loop : callbacks;
        return new ConnectionContext(loop, agent.clock(), settings, callbacks, listeners);
    }

    SessionHub sessions() {
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

    PeerList newPeerList(Origin origin, Optional<String> nickname, Runnable onBlocked) {
        return new PeerList(origin, nickname, onBlocked, agents -> candidates(origin, agents), callbacks);
    }

    /** What is suspicious about a peer that came by itself; not on the loop. */
    Set<Suspicion> suspicionsOf(Peer peer) {
        return new PeerCandidates(knownPeers(), failures::failedOften, other -> false).suspicionsOf(peer);
    }

    /** Tells the user of a connection before the program, which {@code then} does on the callback executor; on the loop. */
    void connected(LP2PConnectionImpl connection, Runnable then) {
        if (connection.showIfOpen()) {
            tellUser(() -> {
                EventQueue.call(() -> consent.connected(
                        connection.peer(), connection.terms().key().origin()));
                Completions.run(callbacks, then);
            });
        } else {
            Completions.run(callbacks, then);
        }
    }

    /** Of a connection that ended the user hears if they heard of its beginning; on the loop. */
    void disconnected(LP2PConnectionImpl connection) {
        if (connection.isShown()) {
            tellUser(() -> consent.disconnected(
                    connection.peer(), connection.terms().key().origin()));
        }
    }

    <T> CompletableFuture<T> onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop());
    }

    /** In order, so that what ended is not said to have begun after. */
    private void tellUser(Runnable news) {
        pendingNews.add(news);
        newsToTell.wake();
    }

    private void tellNews() {
        for (Runnable next = pendingNews.poll(); next != null; next = pendingNews.poll()) {
            EventQueue.call(next);
        }
    }

    private void revoked(Predicate<ConnectionTerms> revoked) {
        post(() -> sessions.revoke(revoked));
    }

    private SessionListener onIncomingSession(Session session) {
        if (isStarted) {
            return sessions.onIncoming(session);
        }
        // No receiver can be there before there is a manager.
        session.close(SessionCloseReason.CLOSED_HERE);
        return new IgnoredSession();
    }

    private List<PeerCandidate> candidates(Origin origin, Collection<DiscoveredAgent> agents) {
        return new PeerCandidates(
                        knownPeers(), failures::failedOften, peer -> grants.isAllowed(Grant.Key.outgoing(peer, origin)))
                .of(agents.stream()
                        .filter(agent -> !agent.fingerprint().equals(fingerprint()))
                        .toList());
    }
}
