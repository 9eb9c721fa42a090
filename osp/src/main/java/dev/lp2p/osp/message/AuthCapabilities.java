package dev.lp2p.osp.message;

import java.util.Set;

/**
 * How a pre-shared key can be entered at the sender, exchanged before authentication.
 *
 * @param pskEaseOfInput 0, not possible, to 100, easy
 * @param pskInputMethods methods that the sender has; numbers that we do not know are left out
 * @param pskMinBitsOfEntropy 20 to 60
 */
public record AuthCapabilities(int pskEaseOfInput, Set<PskInputMethod> pskInputMethods, int pskMinBitsOfEntropy)
        implements Message {

    public static final int MIN_BITS_OF_ENTROPY = 20;
    public static final int MAX_BITS_OF_ENTROPY = 60;
    public static final int MAX_EASE_OF_INPUT = 100;

    public AuthCapabilities {
        if (pskEaseOfInput < 0 || pskEaseOfInput > MAX_EASE_OF_INPUT) {
            throw new IllegalArgumentException("PSK ease of input is 0 to 100, not " + pskEaseOfInput);
        }
        if (pskMinBitsOfEntropy < MIN_BITS_OF_ENTROPY || pskMinBitsOfEntropy > MAX_BITS_OF_ENTROPY) {
            throw new IllegalArgumentException("PSK entropy is 20 to 60 bits, not " + pskMinBitsOfEntropy);
        }
        pskInputMethods = Set.copyOf(pskInputMethods);
    }

    @Override
    public TypeKey typeKey() {
        return TypeKey.AUTH_CAPABILITIES;
    }
}
