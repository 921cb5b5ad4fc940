package io.switchboard.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that makes the containers' secrets, which has no Tink. */
class MakeSecretsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void run() {
        Command made = Command.run(List.of("sh", "../deploy/docker/make-secrets.sh", folder.toString()));
        assertTrue(made.succeeded(), made.output());
    }

    @Test
    void its_keysets_are_tink_s() throws GeneralSecurityException {
        String keyset = Secrets.read(folder.resolve("seal-voice-service.json"));
        Aead seal = TinkJsonProtoKeysetFormat.parseKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        byte[] sealed = seal.encrypt("clear".getBytes(UTF_8), new byte[0]);
        assertArrayEquals("clear".getBytes(UTF_8), seal.decrypt(sealed, new byte[0]));
    }

    @Test
    void its_keys_are_32_bytes_and_a_second_run_changes_none() {
        String key = Secrets.read(folder.resolve("hmac-crm-service"));
        assertEquals(32, Base64.getDecoder().decode(key).length);
        run();
        assertEquals(key, Secrets.read(folder.resolve("hmac-crm-service")));
    }

    @Test
    void its_signing_key_is_an_ed25519_key_that_java_reads() throws GeneralSecurityException {
        String pem = Secrets.read(folder.resolve("audit-signing-key.pem"));
        assertTrue(
                pem.matches("(?s)-----BEGIN PRIVATE KEY-----\\n[^-\\n]+\\n-----END PRIVATE KEY-----"),
                "the lines of a PEM file");
        byte[] der = Base64.getDecoder().decode(pem.lines().toList().get(1));
        assertEquals(48, der.length);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der)));
        assertEquals(64, signature.sign().length);
    }

    @Test
    void it_makes_every_file_that_the_compose_file_mounts() throws IOException {
        String compose = Files.readString(Path.of("../docker-compose.yml"));
        Matcher mounted = Pattern.compile("\\./deploy/docker/secrets/(\\S+)").matcher(compose);
        int files = 0;
        while (mounted.find()) {
            assertTrue(Files.isReadable(folder.resolve(mounted.group(1))), mounted.group(1));
            files++;
        }
        assertEquals(24, files);
    }
}
