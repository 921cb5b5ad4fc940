package io.switchboard.kit.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaVersionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("db/tree"));
        Files.writeString(folder.resolve("db/changelog.yaml"), """
                databaseChangeLog:
                  - include: {file: db/tree/001-trees.sql}
                  - include:
                      file: "db/tree/functions.sql"
                """);
        Files.writeString(folder.resolve("db/tree/001-trees.sql"), """
                --liquibase formatted sql
                --changeset crm:tree-001
                create table trees (id int);
                -- changeset crm:tree-001-height splitStatements:false
                alter table trees add height int;
                """);
        Files.writeString(
                folder.resolve("db/tree/functions.sql"), "--changeset crm:function-grow runOnChange:true\nselect 1;");
    }

    @Test
    void a_version_names_every_changeset_in_order() throws IOException {
        assertEquals(
                List.of("crm:tree-001", "crm:tree-001-height", "crm:function-grow"),
                version().changesets());
    }

    @Test
    void another_text_of_a_function_is_another_version() throws IOException {
        var before = version();
        Files.writeString(
                folder.resolve("db/tree/functions.sql"), "--changeset crm:function-grow runOnChange:true\nselect 2;");
        assertNotEquals(before.hash(), version().hash());
        assertEquals(before.changesets(), version().changesets());
    }

    @Test
    void files_outside_the_changelog_do_not_count() throws IOException {
        var before = version();
        Files.writeString(folder.resolve("db/tree/notes.sql"), "--changeset crm:never");
        assertEquals(before, version());
    }

    private SchemaVersion version() throws IOException {
        try (var changelogs = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return SchemaVersion.of(changelogs);
        }
    }
}
