package io.switchboard.kit.config;

import io.switchboard.kit.secret.Secret;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a migrating process needs to know; a serving one never holds the owner's password. */
public record MigrationConfig(String jdbcUrl, String schema, Secret ownerPassword) {

    public static MigrationConfig read() {
        var config = ConfigProvider.getConfig();
        return new MigrationConfig(
                DatabaseTls.of(config).applyTo("jdbc:" + config.getValue("switchboard.db.direct-url", String.class)),
                config.getValue("switchboard.schema", String.class),
                Secret.valueOf(config.getValue("switchboard.db.owner-password", String.class)));
    }
}
