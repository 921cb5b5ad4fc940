package io.switchboard.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @Test
    void a_secret_may_be_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("password"), "s3cret\n");
        var found = SecretFiles.contents(Map.of(
                "SWITCHBOARD_DB_PASSWORD_FILE",
                file.toString(),
                "SWITCHBOARD_MODE",
                "local",
                "OTHER_FILE",
                "/nowhere"));
        assertEquals(Map.of("SWITCHBOARD_DB_PASSWORD", "s3cret"), found);
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        var failure = assertThrows(
                UncheckedIOException.class,
                () -> SecretFiles.contents(Map.of("SWITCHBOARD_HMAC_KEY_FILE", "/not/there")));
        assertEquals("SWITCHBOARD_HMAC_KEY_FILE names a file that cannot be read: /not/there", failure.getMessage());
    }
}
