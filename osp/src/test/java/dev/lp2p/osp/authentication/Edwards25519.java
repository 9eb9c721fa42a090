package dev.lp2p.osp.authentication;

import java.math.BigInteger;
import java.util.Arrays;

/** Affine arithmetic on edwards25519, straight from RFC 8032, to compute independently of the library in use. */
record Edwards25519(BigInteger x, BigInteger y) {

    private static final BigInteger TWO = BigInteger.TWO;
    static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    static final Edwards25519 IDENTITY = new Edwards25519(BigInteger.ZERO, BigInteger.ONE);
    static final Edwards25519 BASE = decode(reversed(
            new BigInteger("6666666666666666666666666666666666666666666666666666666666666658", 16).toByteArray()));

    Edwards25519 plus(Edwards25519 o) {
        BigInteger dxxyy =
                D.multiply(x).multiply(o.x).mod(P).multiply(y).multiply(o.y).mod(P);
        BigInteger nx = x.multiply(o.y)
                .add(o.x.multiply(y))
                .multiply(BigInteger.ONE.add(dxxyy).modInverse(P))
                .mod(P);
        BigInteger ny = y.multiply(o.y)
                .add(x.multiply(o.x))
                .multiply(BigInteger.ONE.subtract(dxxyy).modInverse(P))
                .mod(P);
        return new Edwards25519(nx, ny);
    }

    Edwards25519 minus(Edwards25519 o) {
        return plus(new Edwards25519(P.subtract(o.x).mod(P), o.y));
    }

    Edwards25519 times(BigInteger n) {
        Edwards25519 result = IDENTITY;
        for (int bit = n.bitLength() - 1; bit >= 0; bit--) {
            result = result.plus(result);
            if (n.testBit(bit)) {
                result = result.plus(this);
            }
        }
        return result;
    }

    byte[] encode() {
        BigInteger value = x.testBit(0) ? y.setBit(255) : y;
        return littleEndian(value);
    }

    static Edwards25519 decode(byte[] encoded) {
        BigInteger value = new BigInteger(1, reversed(encoded));
        boolean odd = value.testBit(255);
        BigInteger y = value.clearBit(255);
        BigInteger yy = y.multiply(y);
        BigInteger xx = yy.subtract(BigInteger.ONE)
                .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(xx)) {
            x = x.multiply(TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P))
                    .mod(P);
        }
        if (!x.multiply(x).mod(P).equals(xx)) {
            throw new IllegalArgumentException("Not on the curve");
        }
        return new Edwards25519(x.testBit(0) == odd ? x : P.subtract(x).mod(P), y);
    }

    static byte[] littleEndian(BigInteger value) {
        byte[] little = reversed(value.toByteArray());
        return Arrays.copyOf(little, 32);
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
