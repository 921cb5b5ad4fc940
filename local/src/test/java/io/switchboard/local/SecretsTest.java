package io.switchboard.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path home;

    @Test
    void a_secret_is_made_once_and_only_its_owner_can_read_it() throws IOException {
        Layout layout = new Layout(home, home.resolve(".switchboard"));
        layout.create();
        Secrets first = new Secrets(layout.secrets());
        Secrets again = new Secrets(layout.secrets());
        for (Path file : List.of(
                first.superuser(),
                first.role("crm_app"),
                first.seal(Service.CRM),
                first.pinPepper(),
                first.auditSigningKey(),
                first.operator())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.secrets())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.data())));
        assertEquals(Secrets.read(first.role("crm_app")), Secrets.read(again.role("crm_app")));
        assertNotEquals(Secrets.read(first.role("crm_app")), Secrets.read(first.role("crm_owner")));
    }

    @Test
    void keys_are_32_bytes_in_base64() {
        Secrets secrets = new Secrets(home);
        assertEquals(32, Base64.getDecoder().decode(Secrets.read(secrets.hmac(Service.AUTH))).length);
        assertEquals(32, Base64.getDecoder().decode(Secrets.read(secrets.pinPepper())).length);
    }

    @Test
    void a_service_s_keyset_seals_and_opens() throws GeneralSecurityException {
        String keyset = Secrets.read(new Secrets(home).seal(Service.AUTH));
        Aead seal = TinkJsonProtoKeysetFormat.parseKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        byte[] sealed = seal.encrypt("clear".getBytes(UTF_8), "row 1".getBytes(UTF_8));
        assertArrayEquals("clear".getBytes(UTF_8), seal.decrypt(sealed, "row 1".getBytes(UTF_8)));
    }
}
