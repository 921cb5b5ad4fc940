package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogTest {
    @TempDir
    Path folder;

    @Test
    void the_loader_finds_the_service_s_own_changelog_and_no_other() throws IOException {
        Changelog changelog =
                new Changelog(List.of(FakeHome.jar(folder.resolve("app.jar"), Map.of("db/mine.sql", "1"))));
        try (URLClassLoader loader = changelog.loader()) {
            assertEquals(
                    "1", new String(loader.getResourceAsStream("db/mine.sql").readAllBytes(), StandardCharsets.UTF_8));
            assertNull(loader.getResource("db/kit/001-tenancy.sql"));
        }
    }
}
