package dev.lp2p.osp.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lp2p.osp.identity.Fingerprint;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Spake2Test {

    private static final byte[] M = hex("d048032c6ea0b6d697ddc2e86bda85a33adac920f1bf18e1b0c6d166a5cecdaf");
    private static final byte[] N = hex("d3bfb518f44f3430f29d0c92af503865a1ed3281dc69b35dd868ba85f886c4ab");
    private static final Fingerprint CLIENT = fingerprint(1);
    private static final Fingerprint SERVER = fingerprint(2);
    private static final Fingerprint RELAY = fingerprint(3);
    private static final long CODE = 61_488_548_833L;

    private final SecureRandom random = new SecureRandom();

    @Test
    void bothSidesOfTheSameCodeConfirm() throws Exception {
        Spake2 alice = start(Spake2.Role.ALICE, CODE);
        Spake2 bob = start(Spake2.Role.BOB, CODE);
        Spake2.Keys alices = alice.finish(bob.publicValue());
        Spake2.Keys bobs = bob.finish(alice.publicValue());
        assertThat(bobs.verifies(alices.ownConfirmation())).isTrue();
        assertThat(alices.verifies(bobs.ownConfirmation())).isTrue();
        assertThat(alices.verifies(alices.ownConfirmation())).isFalse();
    }

    @Test
    void anotherCodeDoesNotConfirm() throws Exception {
        Spake2 alice = start(Spake2.Role.ALICE, CODE);
        Spake2 bob = start(Spake2.Role.BOB, CODE + 1);
        Spake2.Keys alices = alice.finish(bob.publicValue());
        Spake2.Keys bobs = bob.finish(alice.publicValue());
        assertThat(bobs.verifies(alices.ownConfirmation())).isFalse();
        assertThat(alices.verifies(bobs.ownConfirmation())).isFalse();
    }

    @Test
    void aRelayInTheMiddleDoesNotPass() throws Exception {
        // Each end sees the relay's certificate in place of the other's.
        Spake2 alice = Spake2.start(Spake2.Role.ALICE, CLIENT, RELAY, new Psk(CODE), random);
        Spake2 bob = Spake2.start(Spake2.Role.BOB, RELAY, SERVER, new Psk(CODE), random);
        Spake2.Keys alices = alice.finish(bob.publicValue());
        Spake2.Keys bobs = bob.finish(alice.publicValue());
        assertThat(bobs.verifies(alices.ownConfirmation())).isFalse();
        assertThat(alices.verifies(bobs.ownConfirmation())).isFalse();
    }

    /** RFC 9382 has vectors for P-256 only, so edwards25519 is computed a second time here, with nothing in common. */
    @ParameterizedTest
    @EnumSource(Spake2.Role.class)
    void agreesWithAnIndependentComputation(Spake2.Role role) throws Exception {
        byte[] wide = new byte[64];
        random.nextBytes(wide);
        BigInteger own = new BigInteger(1, Edwards25519.reversed(wide)).mod(Edwards25519.L);
        BigInteger other = new BigInteger(250, random);
        byte[] pw = "61488548833".getBytes(StandardCharsets.US_ASCII);
        BigInteger w = new BigInteger(
                        1,
                        Edwards25519.reversed(
                                MessageDigest.getInstance("SHA-512").digest(pw)))
                .mod(Edwards25519.L);
        boolean isAlice = role == Spake2.Role.ALICE;
        Edwards25519 ownConstant = Edwards25519.decode(isAlice ? M : N);
        Edwards25519 otherConstant = Edwards25519.decode(isAlice ? N : M);
        byte[] ownValue =
                ownConstant.times(w).plus(Edwards25519.BASE.times(own)).encode();
        byte[] otherValue =
                otherConstant.times(w).plus(Edwards25519.BASE.times(other)).encode();
        byte[] k = Edwards25519.BASE
                .times(own)
                .times(other)
                .times(BigInteger.valueOf(8))
                .encode();
        byte[] transcript = transcript(
                CLIENT.value().getBytes(StandardCharsets.US_ASCII),
                SERVER.value().getBytes(StandardCharsets.US_ASCII),
                isAlice ? ownValue : otherValue,
                isAlice ? otherValue : ownValue,
                k,
                Edwards25519.reversed(Edwards25519.littleEndian(w)));
        byte[][] confirmations = confirmations(transcript);

        Spake2 run = Spake2.start(role, CLIENT, SERVER, new Psk(CODE), new FixedRandom(wide));
        assertThat(run.publicValue()).isEqualTo(ownValue);
        Spake2.Keys keys = run.finish(otherValue);
        assertThat(keys.ownConfirmation()).isEqualTo(confirmations[isAlice ? 0 : 1]);
        assertThat(keys.verifies(confirmations[isAlice ? 1 : 0])).isTrue();
    }

    @Test
    void theConstantsArePointsOfPrimeOrder() {
        for (byte[] constant : new byte[][] {M, N}) {
            Edwards25519 point = Edwards25519.decode(constant);
            assertThat(point.encode()).isEqualTo(constant);
            assertThat(point).isNotEqualTo(Edwards25519.IDENTITY);
            assertThat(point.times(Edwards25519.L)).isEqualTo(Edwards25519.IDENTITY);
            assertThat(Ed25519.validatePublicKeyFull(constant, 0)).isTrue();
            assertThat(Spake2.isPublicValue(constant)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesWhatNoHonestPeerSends(String value) {
        assertThat(Spake2.isPublicValue(hex(value))).isFalse();
        assertThatExceptionOfType(InvalidPublicValueException.class)
                .isThrownBy(() -> start(Spake2.Role.ALICE, CODE).finish(hex(value)));
    }

    @Test
    void refusesAPointWithASmallOrderPart() {
        Edwards25519 orderTwo = new Edwards25519(BigInteger.ZERO, Edwards25519.P.subtract(BigInteger.ONE));
        byte[] mixed = Edwards25519.BASE.plus(orderTwo).encode();
        assertThat(Spake2.isPublicValue(Edwards25519.BASE.encode())).isTrue();
        assertThat(Spake2.isPublicValue(mixed)).isFalse();
    }

    @Test
    void saysTheSameAsBouncyCastleOfRandomBytes() {
        for (int i = 0; i < 200; i++) {
            byte[] value = new byte[32];
            random.nextBytes(value);
            assertThat(Spake2.isPublicValue(value))
                    .as(HexFormat.of().formatHex(value))
                    .isEqualTo(Ed25519.validatePublicKeyFull(value, 0));
        }
    }

    @Test
    void refusesItsOwnValueSentBack() {
        Spake2 run = start(Spake2.Role.ALICE, CODE);
        assertThatExceptionOfType(InvalidPublicValueException.class)
                .isThrownBy(() -> run.finish(run.publicValue()))
                .withMessageContaining("back");
    }

    @Test
    void refusesAValueThatLeavesNoSecret() throws Exception {
        // w*N alone: both sides would agree on the identity.
        BigInteger w = new BigInteger(
                        1,
                        Edwards25519.reversed(MessageDigest.getInstance("SHA-512")
                                .digest("61488548833".getBytes(StandardCharsets.US_ASCII))))
                .mod(Edwards25519.L);
        byte[] bare = Edwards25519.decode(N).times(w).encode();
        assertThatExceptionOfType(InvalidPublicValueException.class)
                .isThrownBy(() -> start(Spake2.Role.ALICE, CODE).finish(bare));
    }

    @Test
    void isUsedOnce() throws Exception {
        Spake2 alice = start(Spake2.Role.ALICE, CODE);
        byte[] bob = start(Spake2.Role.BOB, CODE).publicValue();
        alice.finish(bob);
        assertThatIllegalStateException().isThrownBy(() -> alice.finish(bob));
    }

    @Test
    void verifiesNothingOnceDestroyed() throws Exception {
        Spake2 alice = start(Spake2.Role.ALICE, CODE);
        Spake2.Keys keys = alice.finish(start(Spake2.Role.BOB, CODE).publicValue());
        keys.destroy();
        assertThat(keys.verifies(new byte[32])).isFalse();
    }

    /** RFC 9382, appendix B, first vector: another group, the same transcript and key schedule. */
    @Test
    void theKeyScheduleIsThatOfTheRfc() {
        byte[] pA = hex("04a56fa807caaa53a4d28dbb9853b9815c61a411118a6fe516a8798434751470f9"
                + "010153ac33d0d5f2047ffdb1a3e42c9b4e6be662766e1eeb4116988ede5f912c");
        byte[] pB = hex("0406557e482bd03097ad0cbaa5df82115460d951e3451962f1eaf4367a420676d0"
                + "9857ccbc522686c83d1852abfa8ed6e4a1155cf8f1543ceca528afb591a1e0b7");
        byte[] k = hex("0412af7e89717850671913e6b469ace67bd90a4df8ce45c2af19010175e37eed69"
                + "f75897996d539356e2fa6a406d528501f907e04d97515fbe83db277b715d3325");
        byte[] w = hex("2ee57912099d31560b3a44b1184b9b4866e904c49d12ac5042c97dca461b1a5f");
        Spake2Transcript transcript = new Spake2Transcript(
                "server".getBytes(StandardCharsets.US_ASCII),
                "client".getBytes(StandardCharsets.US_ASCII),
                pA,
                pB,
                k,
                w);
        assertThat(transcript.confirmationA())
                .isEqualTo(hex("58ad4aa88e0b60d5061eb6b5dd93e80d9c4f00d127c65b3b35b1b5281fee38f0"));
        assertThat(transcript.confirmationB())
                .isEqualTo(hex("d3e2e547f1ae04f2dbdbf0fc4b79f8ecff2dff314b5d32fe9fcef2fb26dc459b"));
        assertThat(w).as("the secrets given are wiped").isEqualTo(new byte[32]);
    }

    private Spake2 start(Spake2.Role role, long code) {
        return Spake2.start(role, CLIENT, SERVER, new Psk(code), random);
    }

    private static byte[] transcript(byte[]... parts) {
        StringBuilder hex = new StringBuilder();
        for (byte[] part : parts) {
            hex.append("%02x00000000000000".formatted(part.length))
                    .append(HexFormat.of().formatHex(part));
        }
        return hex(hex.toString());
    }

    private static byte[][] confirmations(byte[] transcript) throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(transcript));
        byte[] ka = hex(hash.substring(32));
        byte[] extracted = hmac(new byte[32], ka);
        String keys =
                HexFormat.of().formatHex(hmac(extracted, "ConfirmationKeys\u0001".getBytes(StandardCharsets.US_ASCII)));
        return new byte[][] {
            hmac(hex(keys.substring(0, 32)), transcript), hmac(hex(keys.substring(32)), transcript),
        };
    }

    private static byte[] hmac(byte[] key, byte[] data) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static Fingerprint fingerprint(int seed) {
        byte[] hash = new byte[32];
        hash[0] = (byte) seed;
        return new Fingerprint(Base64.getEncoder().encodeToString(hash));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static final class FixedRandom extends SecureRandom {
        private final byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
