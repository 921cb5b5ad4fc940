package io.switchboard.kit.migrate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.switchboard.kit.config.MigrationConfig;

/**
 * The main class of every service: with {@code SWITCHBOARD_MIGRATE=only} it migrates as the owner and exits, with
 * {@code SWITCHBOARD_REHEARSE=only} it starts once for {@link Rehearsal}'s reason and exits, else it serves.
 */
@QuarkusMain
public final class MigrateOrServe {
    private MigrateOrServe() {}

    public static void main(String... args) {
        if ("only".equals(System.getenv("SWITCHBOARD_MIGRATE"))) {
            var config = MigrationConfig.read();
            Migration.run(
                    config.jdbcUrl(),
                    config.schema(),
                    config.ownerPassword().reveal(),
                    Thread.currentThread().getContextClassLoader());
        } else if ("only".equals(System.getenv("SWITCHBOARD_REHEARSE"))) {
            Rehearsal.run();
        } else {
            Quarkus.run(args);
        }
    }
}
