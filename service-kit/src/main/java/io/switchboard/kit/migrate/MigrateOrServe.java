package io.switchboard.kit.migrate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.switchboard.kit.config.MigrationConfig;
import io.switchboard.kit.config.ProductionCheck;
import io.switchboard.kit.openapi.DocumentRoute;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The main class of every service: with {@code SWITCHBOARD_MIGRATE=only} it migrates as the owner and exits, with
 * {@code SWITCHBOARD_REHEARSE=only} it starts once for {@link ClassArchiveRun}'s reason and exits, else it serves.
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
            ClassArchiveRun.run();
        } else {
            refuseUnsafe();
            DocumentRoute.hideFromStart();
            Quarkus.run(args);
        }
    }

    private static void refuseUnsafe() {
        var complaints = ProductionCheck.complaints(ConfigProvider.getConfig());
        if (!complaints.isEmpty()) {
            System.err.println("This service does not start in production mode like this:\n  "
                    + String.join("\n  ", complaints)
                    + "\nOn a developer's own machine: SWITCHBOARD_MODE=local");
            System.exit(1);
        }
    }
}
