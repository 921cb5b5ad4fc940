package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogTest {
    @TempDir
    Path folder;

    @Test
    void the_hash_does_not_depend_on_the_order_in_the_jar_nor_on_what_is_not_of_the_changelog() throws IOException {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("db/a.sql", "select 1");
        one.put("db/b.sql", "select 2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("db/b.sql", "select 2");
        other.put("Some.class", "not of the changelog");
        other.put("db/a.sql", "select 1");
        assertEquals(hash("one.jar", one), hash("other.jar", other));
    }

    @Test
    void the_hash_changes_with_a_byte_and_with_a_name() throws IOException {
        String before = hash("before.jar", Map.of("db/a.sql", "select 1"));
        assertNotEquals(before, hash("changed.jar", Map.of("db/a.sql", "select 2")));
        assertNotEquals(before, hash("renamed.jar", Map.of("db/b.sql", "select 1")));
        assertNotEquals(before, hash("more.jar", Map.of("db/a.sql", "select 1", "db/b.sql", "")));
    }

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

    private String hash(String name, Map<String, String> entries) throws IOException {
        return new Changelog(List.of(FakeHome.jar(folder.resolve(name), entries))).hash();
    }
}
