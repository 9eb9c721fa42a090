package dev.lp2p.osp.agent;

import java.security.SecureRandom;

/**
 * Makes the tokens by which peers notice that an agent lost its state.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">state-token</a>
 */
public final class StateToken {

    private static final int LENGTH = 8;
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private StateToken() {}

    public static String random(SecureRandom random) {
        return random.ints(LENGTH, 0, CHARACTERS.length())
                .map(CHARACTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
