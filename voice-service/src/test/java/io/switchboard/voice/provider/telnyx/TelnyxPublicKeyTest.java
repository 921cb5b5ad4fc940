package io.switchboard.voice.provider.telnyx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.provider.Signature;
import java.security.GeneralSecurityException;
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
    void bytes_that_are_no_point_of_the_curve_are_no_key() {
        long points = 0;
        for (int i = 0; i < 64; i++) {
            byte[] bytes = new byte[32];
            Arrays.fill(bytes, (byte) i);
            bytes[31] = 0;
            points += TelnyxPublicKey.isKey(Base64.getEncoder().encodeToString(bytes)) ? 1 : 0;
        }
        assertTrue(points > 16 && points < 48, points + " of 64: about half of all are");
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
}
