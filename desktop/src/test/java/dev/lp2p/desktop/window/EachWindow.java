package dev.lp2p.desktop.window;

import dev.lp2p.Consent.AdvertisingRequest;
import dev.lp2p.IncomingRequest;
import dev.lp2p.IncomingRequest.OfferedReceiver;
import dev.lp2p.Origin;
import dev.lp2p.Peer;
import dev.lp2p.PeerCandidate;
import dev.lp2p.Suspicion;
import dev.lp2p.desktop.Samples;
import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every window there is, each with the words of others that it shows. */
enum EachWindow {
    PICKER,
    PICKER_LOOKING,
    PICKER_LOOK_ALIKE,
    SHOW_CODE,
    ASK_CODE,
    INCOMING,
    INCOMING_FROM_ANOTHER_SITE,
    ADVERTISING,
    IDLE,
    ANOTHER_ATTEMPT,
    DEVICES,
    PERMISSIONS,
    HISTORY;

    static final Words USUAL = new Words(Samples.SITE, "Living Room", "Chess for two");

    /** On the event dispatch thread. */
    void show(Screen screen, Words words) {
        switch (this) {
            case PICKER -> picker(screen, words.site, words, words.candidates());
            case PICKER_LOOKING -> picker(screen, Samples.PROGRAM, words, List.of());
            case PICKER_LOOK_ALIKE -> picker(screen, Samples.LOOK_ALIKE_SITE, words, words.candidates());
            case SHOW_CODE -> new ShowCodeWindow(screen, words.described(), Samples.code("0614-8854-8833"), () -> {});
            case ASK_CODE -> new AskCodeWindow(screen, words.described(), new NoAnswer());
            case INCOMING -> new IncomingWindow(screen, words.incoming(words.site), answer -> {});
            case INCOMING_FROM_ANOTHER_SITE ->
                new IncomingWindow(screen, words.incoming(new Origin("https://games.example")), answer -> {});
            case ADVERTISING ->
                Questions.advertising(
                        screen,
                        new AdvertisingRequest(words.site, words.name, Optional.of(words.nickname)),
                        answer -> {});
            case IDLE -> Questions.idle(screen, words.peer(), words.site, answer -> {});
            case ANOTHER_ATTEMPT -> Questions.anotherAttempt(screen, 10, answer -> {});
            case DEVICES -> devices(screen);
            case PERMISSIONS -> devices(screen).turnTo(1);
            case HISTORY -> devices(screen).turnTo(2);
        }
    }

    private static DevicesWindow devices(Screen screen) {
        return new DevicesWindow(screen, new Samples.Management(), Samples.history(), Runnable::run);
    }

    private static void picker(Screen screen, Origin origin, Words words, List<PeerCandidate> candidates) {
        Samples.Choice choice = new Samples.Choice(origin, Optional.of(words.nickname));
        new DevicePickerWindow(screen, choice, answer -> {}).update(candidates);
    }

    /** What others wrote. */
    record Words(Origin site, String name, String nickname) {

        PeerDescription described() {
            return Samples.described(name);
        }

        Peer peer() {
            return new Peer(name, Samples.LIVING_ROOM.fingerprint());
        }

        List<PeerCandidate> candidates() {
            return List.of(
                    Samples.granted(name),
                    Samples.known("Maria's laptop"),
                    Samples.stranger("Kitchen display"),
                    Samples.suspicious(name));
        }

        IncomingRequest incoming(Origin claimed) {
            boolean isSame = claimed.equals(site);
            OfferedReceiver here = new OfferedReceiver(site, Optional.of(nickname));
            OfferedReceiver other = new OfferedReceiver(Samples.OTHER_SITE, Optional.empty());
            return new IncomingRequest(
                    peer(),
                    Optional.of(claimed),
                    Optional.of(nickname),
                    isSame ? List.of(here) : List.of(here, other),
                    isSame ? Set.of() : Set.of(Suspicion.CHANGED_NAME));
        }
    }

    private static final class NoAnswer implements CodeAnswer {

        @Override
        public void enter(Psk psk) {}

        @Override
        public void dismiss() {}
    }
}
