package io.switchboard.voice.provider.telnyx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.signature.Signature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxPublicKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            })
    void a_key_is_32_bytes_of_base64_plain_or_as_x509(String key) {
        assertTrue(TelnyxPublicKey.isKey(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a secret",
                "KEY0123456789abcdef",
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ==",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "MCowBQYDK2VuAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            })
    void other_text_is_no_key(String text) {
        assertFalse(TelnyxPublicKey.isKey(text));
        assertFalse(TelnyxPublicKey.verifies(Signature.utf8(text), new byte[64], Signature.utf8("body")));
    }

    /** Placeholders such as 32 zeros are among them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void a_key_under_which_anybody_can_sign_is_none(String hex) {
        assertFalse(TelnyxPublicKey.isKey(
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex))));
    }

    @Test
    void bytes_that_are_no_point_of_the_group_are_no_key() {
        long points = 0;
        for (int i = 0; i < 64; i++) {
            byte[] bytes = new byte[32];
            Arrays.fill(bytes, (byte) i);
            bytes[31] = 0;
            points += TelnyxPublicKey.isKey(Base64.getEncoder().encodeToString(bytes)) ? 1 : 0;
        }
        assertTrue(points > 0 && points < 16, points + " of 64: about one in sixteen is");
    }

    @Test
    void keys_of_the_library_are_read() throws GeneralSecurityException {
        byte[] x509 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        assertTrue(TelnyxPublicKey.isKey(Base64.getEncoder().encodeToString(x509)));
        assertTrue(TelnyxPublicKey.isKey(Base64.getEncoder().encodeToString(Arrays.copyOfRange(x509, 12, 44))));
    }

    /** RFC 8032, 5.1.7: S is less than the order of the group; S plus the order would verify, too. */
    @Test
    void a_signature_has_one_form() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] key = Base64.getEncoder().encode(pair.getPublic().getEncoded());
        byte[] body = Signature.utf8("1780318800|{}");
        java.security.Signature signer = java.security.Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(body);
        byte[] signature = signer.sign();
        assertTrue(TelnyxPublicKey.verifies(key, signature, Signature.utf8("1780318800|"), Signature.utf8("{}")));
        assertFalse(TelnyxPublicKey.verifies(key, withOrderAdded(signature), body));
        assertFalse(TelnyxPublicKey.verifies(key, Arrays.copyOf(signature, 63), body));
        assertFalse(TelnyxPublicKey.verifies(key, Arrays.copyOf(signature, 65), body));
        assertFalse(TelnyxPublicKey.verifies(key, new byte[0], body));
    }

    /** The second half is S, little-endian. */
    private static byte[] withOrderAdded(byte[] signature) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] other = signature.clone();
        BigInteger s = BigInteger.ZERO;
        for (int i = 63; i >= 32; i--) {
            s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
        }
        s = s.add(order);
        for (int i = 32; i < 64; i++) {
            other[i] = s.byteValue();
            s = s.shiftRight(8);
        }
        return other;
    }
}
