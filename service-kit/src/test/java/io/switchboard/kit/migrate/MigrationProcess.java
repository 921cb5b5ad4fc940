package io.switchboard.kit.migrate;

import java.nio.file.Path;

/** A migration in a process of its own, which a test can kill. */
final class MigrationProcess {
    private MigrationProcess() {}

    /** URL, password, folder of the changelog. */
    public static void main(String[] arguments) throws Exception {
        try (var changelogs = MigrationLockTest.changelogs(Path.of(arguments[2]))) {
            Migration.run(arguments[0], "crm", arguments[1], changelogs);
        }
    }
}
