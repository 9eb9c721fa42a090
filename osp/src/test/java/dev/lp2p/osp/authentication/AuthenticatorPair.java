package dev.lp2p.osp.authentication;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.AuthStatus;
import dev.lp2p.osp.message.AuthStatusResult;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.testkit.SimulatedLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client and a server that authenticate, with messages that take 5 ms and no connection below. */
final class AuthenticatorPair {

    static final String TOKEN = "Yg7Wq2LkPz";
    private static final Duration LATENCY = Duration.ofMillis(5);

    final SimulatedLoop loop;
    final Side client;
    final Side server;

    AuthenticatorPair(SimulatedLoop loop, Side client, Side server) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        client.other = server;
        server.other = client;
    }

    static AuthenticatorPair withEase(int client, int server) {
        SimulatedLoop loop = new SimulatedLoop();
        return new AuthenticatorPair(
                loop,
                new Side(loop, true, "laptop", "television", client, TOKEN, new AuthenticationPolicy(loop)),
                new Side(loop, false, "television", "laptop", server, TOKEN, new AuthenticationPolicy(loop)));
    }

    /** The next connection of the same two agents. */
    AuthenticatorPair again() {
        return new AuthenticatorPair(loop, client.again(), server.again());
    }

    void settle() {
        loop.advance(Duration.ofSeconds(1));
    }

    Side shower() {
        return client.prompts.shown.isEmpty() ? server : client;
    }

    Side enterer() {
        return client.prompts.shown.isEmpty() ? client : server;
    }

    /** Until one shows a code and the other asks for it. */
    AuthenticatorPair untilAsked() {
        client.authenticator.initiate();
        server.authenticator.offer();
        settle();
        if (!shower().prompts.isShowing() || !enterer().prompts.isAsking()) {
            throw new AssertionError("No prompts: " + client.failures + server.failures);
        }
        return this;
    }

    /** One of the two. */
    static final class Side implements Authenticator.Output {

        final SimulatedLoop loop;
        final boolean isClient;
        final String name;
        final String peerName;
        final int ease;
        final @Nullable String token;
        final AuthenticationPolicy policy;
        final RecordingPrompts prompts = new RecordingPrompts();
        final List<Message> sent = new ArrayList<>();
        final List<OspException> failures = new ArrayList<>();
        final Authenticator authenticator;
        int authenticated;

        /** Which of its messages reach the peer. */
        Predicate<Message> delivers = message -> true;

        @Nullable Side other;

        Side(
                SimulatedLoop loop,
                boolean isClient,
                String name,
                String peerName,
                int ease,
                @Nullable String token,
                AuthenticationPolicy policy) {
            this(loop, isClient, name, peerName, ease, 20, token, policy);
        }

        Side(
                SimulatedLoop loop,
                boolean isClient,
                String name,
                String peerName,
                int ease,
                int bits,
                @Nullable String token,
                AuthenticationPolicy policy) {
            this.loop = loop;
            this.isClient = isClient;
            this.name = name;
            this.peerName = peerName;
            this.ease = ease;
            this.token = token;
            this.policy = policy;
            this.authenticator = new Authenticator(
                    new AuthenticationSetup(
                            isClient,
                            fingerprint(),
                            TestFingerprints.of(peerName),
                            () -> new PeerDescription(TestFingerprints.of(peerName), peerName),
                            new AuthCapabilities(ease, Set.of(PskInputMethod.NUMERIC), bits),
                            token,
                            prompts,
                            policy,
                            loop,
                            new SecureRandom()),
                    this);
        }

        Fingerprint fingerprint() {
            return TestFingerprints.of(name);
        }

        Side again() {
            return new Side(loop, isClient, name, peerName, ease, token, policy);
        }

        OspException.Kind failure() {
            return failures.get(failures.size() - 1).kind();
        }

        List<AuthStatusResult> statuses() {
            return sentOf(AuthStatus.class).stream().map(AuthStatus::result).toList();
        }

        <M extends Message> List<M> sentOf(Class<M> type) {
            return sent.stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public void send(Message message) {
            sent.add(message);
            Side peer = other;
            if (peer != null && delivers.test(message)) {
                loop.schedule(() -> peer.authenticator.onMessage(message), LATENCY.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void onAuthenticated() {
            authenticated++;
        }

        @Override
        public void onFailed(OspException failure) {
            failures.add(failure);
        }
    }
}
