package dev.lp2p.osp.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whoever has not read the advertiser's {@code at} from the local network away from its user: until the token was
 * seen once, nothing that the peer sends leads to a prompt. Who does not advertise has no token to be seen, and so is never
 * asked by a stranger.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#remote-active-mitigations">Remote active network
 *     attackers</a>
 */
final class InitiationToken {

    private final @Nullable String token;
    private boolean required;

    /**
     * @param token the server's {@code at}, or null where it advertises none or we do not know it
     * @param isAdvertiser whether the token would be our own, so that the peer has to show that it knows it
     */
    InitiationToken(@Nullable String token, boolean isAdvertiser) {
        this.token = token;
        this.required = isAdvertiser;
    }

    /** The token for a message that we send. Once the advertiser itself said it, nothing is left to ask the peer for. */
    @Nullable String forSending() {
        required = false;
        return token;
    }

    /** Whether a message with this token is heard; one that is not leaves no trace. */
    boolean accepts(@Nullable String received) {
        if (received == null) {
            return !required;
        }
        if (token == null) {
            return !required;
        }
        if (!MessageDigest.isEqual(token.getBytes(US_ASCII), received.getBytes(US_ASCII))) {
            return false;
        }
        required = false;
        return true;
    }
}
