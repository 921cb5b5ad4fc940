package io.switchboard.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {
    @TempDir
    Path folder;

    @Test
    void a_link_leads_nowhere() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s3cret");
        var root = Files.createDirectory(folder.resolve("root"));
        Files.createSymbolicLink(root.resolve("way"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        try (var store = new DirectoryStore(root)) {
            assertThrows(StoreFailure.class, () -> store.get("way/secret"));
            assertThrows(StoreFailure.class, () -> store.get("file"));
            assertThrows(StoreFailure.class, () -> store.putIfAbsent("way/new", new byte[1]));
            assertThrows(StoreFailure.class, () -> store.delete("way/secret"));
            assertEquals(List.of(), store.list("", "", 10));
        }
        assertFalse(Files.exists(outside.resolve("new")));
        assertTrue(Files.exists(outside.resolve("secret")));
    }

    @Test
    void what_a_killed_process_left_is_no_object() throws IOException {
        try (var store = new DirectoryStore(folder)) {
            store.putIfAbsent("a/one", new byte[1]);
            Files.writeString(folder.resolve("a/.new-1"), "half");
            assertEquals(List.of("a/one"), store.list("", "", 10));
            try (var files = Files.list(folder.resolve("a"))) {
                assertEquals(2, files.count(), "nothing else is left of a put");
            }
        }
    }

    @Test
    void only_the_owner_reads() throws IOException {
        try (var store = new DirectoryStore(folder.resolve("new"))) {
            store.putIfAbsent("a/one", new byte[1]);
        }
        assertEquals("rwx------", permissions("new/a"));
        assertEquals("rw-------", permissions("new/a/one"));
    }

    @Test
    void what_is_no_directory_fails_in_words() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var failure = assertThrows(StoreFailure.class, () -> new DirectoryStore(file.resolve("below")));
        assertTrue(
                failure.getMessage().startsWith("The directory " + file + "/below cannot be used"),
                failure::getMessage);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
