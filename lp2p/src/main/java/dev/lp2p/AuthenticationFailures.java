package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which devices keep failing to authenticate; safe for use by several threads. */
final class AuthenticationFailures {

    /** Failures from which on a device is suspicious: anybody may mistype a code once. */
    static final int OFTEN = 3;

    /** Devices that are remembered, since fingerprints cost nothing; the one that failed first goes first. */
    static final int MAX_DEVICES = 256;

    private final Map<Fingerprint, Integer> failures = new LinkedHashMap<>();

    synchronized void failed(Fingerprint fingerprint) {
        failures.merge(fingerprint, 1, Integer::sum);
        if (failures.size() > MAX_DEVICES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(Fingerprint fingerprint) {
        failures.remove(fingerprint);
    }

    synchronized boolean failedOften(Fingerprint fingerprint) {
        return failures.getOrDefault(fingerprint, 0) >= OFTEN;
    }
}
