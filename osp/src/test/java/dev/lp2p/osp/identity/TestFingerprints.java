package dev.lp2p.osp.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** Fingerprints by name. */
public final class TestFingerprints {

    public static Fingerprint of(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return new Fingerprint(Base64.getEncoder().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private TestFingerprints() {}
}
