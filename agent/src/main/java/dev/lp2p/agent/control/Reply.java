package dev.lp2p.agent.control;

import dev.lp2p.Grant;
import dev.lp2p.Origin;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.Optional;

/** What the user says to a question. */
sealed interface Reply {

    /** @param receiver to which of several receivers */
    record Allow(Grant.Lifetime lifetime, Optional<Origin> receiver) implements Reply {}

    /** @param never whether it is not to be asked again */
    record Deny(boolean never) implements Reply {}

    record Code(Psk code) implements Reply {}

    record Choice(Fingerprint device, Grant.Lifetime lifetime) implements Reply {}
}
