package dev.lp2p.desktop;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.Grant;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.PeerChoice;
import dev.lp2p.Suspicion;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the windows are shown with. */
public final class Samples {

    public static final Origin SITE = new Origin("https://chess.example");
    public static final Origin OTHER_SITE = new Origin("https://photos.example:8443");
    public static final Origin LONG_SITE = new Origin("https://accounts.google.com.signin."
            + "a-very-long-label-that-pushes-the-true-owner-out-of-sight.".repeat(3) + "evil.example");
    public static final Origin LOOK_ALIKE_SITE = new Origin("https://xn--chss-w4d.example");
    public static final Origin PROGRAM = new Origin("lp2p:drop");
    public static final Peer LIVING_ROOM = new Peer("Living Room", fingerprint("living room"));

    private Samples() {}

    public static Fingerprint fingerprint(String seed) {
        return Fingerprint.ofSubjectPublicKeyInfo(seed.getBytes(StandardCharsets.UTF_8));
    }

    public static PeerCandidate stranger(String name) {
        return new PeerCandidate(Optional.of(name), fingerprint(name), false, false, Set.of());
    }

    public static PeerCandidate known(String name) {
        return new PeerCandidate(Optional.of(name), fingerprint(name), true, false, Set.of());
    }

    public static PeerCandidate granted(String name) {
        return new PeerCandidate(Optional.of(name), fingerprint(name), true, true, Set.of());
    }

    public static PeerCandidate suspicious(String name) {
        return new PeerCandidate(
                Optional.of(name), fingerprint(name + "'s twin"), false, false, Set.of(Suspicion.LOOK_ALIKE_NAME));
    }

    public static List<PeerCandidate> devices() {
        return List.of(
                granted("Living Room"),
                known("Maria's laptop"),
                stranger("Kitchen display"),
                suspicious("Living Room"));
    }

    public static Psk code(String digits) {
        return NumericCode.parse(digits).orElseThrow();
    }

    public static PeerDescription described(String name) {
        return new PeerDescription(fingerprint(name), name);
    }

    public static AdvertisingRequest advertising() {
        return new AdvertisingRequest(SITE, "Maria's laptop", Optional.of("Chess for two"));
    }

    public static IncomingRequest sameOrigin() {
        return new IncomingRequest(
                LIVING_ROOM,
                Optional.of(SITE),
                Optional.of("Chess for two"),
                List.of(new OfferedReceiver(SITE, Optional.empty())),
                Set.of());
    }

    public static IncomingRequest otherOrigin() {
        return new IncomingRequest(
                LIVING_ROOM,
                Optional.of(new Origin("https://games.example")),
                Optional.empty(),
                List.of(
                        new OfferedReceiver(SITE, Optional.of("Chess for two")),
                        new OfferedReceiver(OTHER_SITE, Optional.empty())),
                Set.of(Suspicion.CHANGED_NAME));
    }

    /** What a person looks up and takes back. */
    /** Two connections, of which one is over. */
    public static ConnectionHistory history() {
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        ConnectionHistory history = new ConnectionHistory();
        history.add(new ConnectionHistory.Entry(noon, LIVING_ROOM, SITE, true));
        history.add(new ConnectionHistory.Entry(noon.plus(Duration.ofMinutes(20)), LIVING_ROOM, SITE, false));
        history.add(new ConnectionHistory.Entry(noon.plus(Duration.ofHours(1)), LIVING_ROOM, OTHER_SITE, true));
        return history;
    }

    public static final class Management implements DeviceManagement {

        private static final Instant DAY = Instant.parse("2026-11-20T18:03:00Z");

        private final List<KnownPeer> peers = new ArrayList<>(List.of(
                new KnownPeer(LIVING_ROOM.fingerprint(), "Living Room", DAY, DAY.plus(Duration.ofDays(3))),
                new KnownPeer(fingerprint("Maria's laptop"), "Maria's laptop", DAY.minus(Duration.ofDays(90)), DAY)));
        private final List<Grant> grants = new ArrayList<>(List.of(
                new Grant(
                        Grant.Key.outgoing(LIVING_ROOM.fingerprint(), SITE),
                        Grant.Decision.ALLOW,
                        Grant.Lifetime.ALWAYS,
                        DAY,
                        Optional.of(DAY.plus(Duration.ofDays(2)))),
                new Grant(
                        Grant.Key.incoming(fingerprint("Maria's laptop"), OTHER_SITE, Optional.of(SITE)),
                        Grant.Decision.NEVER,
                        Grant.Lifetime.ALWAYS,
                        DAY,
                        Optional.empty())));
        private final Map<Origin, OriginRule> rules =
                new HashMap<>(Map.of(LOOK_ALIKE_SITE, OriginRule.BLOCKED, SITE, OriginRule.MAY_ADVERTISE));

        @Override
        public List<KnownPeer> knownPeers() {
            return List.copyOf(peers);
        }

        @Override
        public List<Grant> grants() {
            return List.copyOf(grants);
        }

        @Override
        public Map<Origin, OriginRule> originRules() {
            return Map.copyOf(rules);
        }

        @Override
        public void forget(Fingerprint peer) {
            peers.removeIf(known -> known.fingerprint().equals(peer));
        }

        @Override
        public void revoke(Grant.Key grant) {
            grants.removeIf(held -> held.key().equals(grant));
        }

        @Override
        public void removeRule(Origin origin) {
            rules.remove(origin);
        }
    }

    /** A choice whose devices the test brings and takes away. */
    public static final class Choice implements PeerChoice {

        private final Origin origin;
        private final Optional<String> nickname;
        private final List<Consumer<List<PeerCandidate>>> listeners = new ArrayList<>();
        private List<PeerCandidate> candidates = List.of();
        public volatile boolean isBlocked;

        public Choice(Origin origin, Optional<String> nickname) {
            this.origin = origin;
            this.nickname = nickname;
        }

        public void set(PeerCandidate... now) {
            candidates = List.of(now);
            listeners.forEach(listener -> listener.accept(candidates));
        }

        @Override
        public Origin origin() {
            return origin;
        }

        @Override
        public Optional<String> nickname() {
            return nickname;
        }

        @Override
        public List<PeerCandidate> candidates() {
            return candidates;
        }

        @Override
        public void onChange(Consumer<List<PeerCandidate>> listener) {
            listeners.add(listener);
            listener.accept(candidates);
        }

        @Override
        public void block() {
            isBlocked = true;
        }
    }
}
