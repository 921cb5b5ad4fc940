package io.switchboard.local;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * A PostgreSQL server and who prepares it: a superuser, or a role that owns the suite's database and may create roles.
 *
 * @param url what the services get: {@code postgresql://host:port/database}, no user in it
 */
public record Server(URI url, String adminUser, String adminPassword) {

    public static Server embedded(int port, String password) {
        return new Server(URI.create("postgresql://127.0.0.1:" + port + "/switchboard"), "postgres", password);
    }

    /** The server that the environment names, or null when the launcher is to run one. */
    static Server named(Map<String, String> environment) {
        String url = environment.getOrDefault("SWITCHBOARD_DB_URL", "");
        if (url.isBlank()) {
            return null;
        }
        URI uri = URI.create(url.strip());
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2 || uri.getUserInfo() != null) {
            throw new Refusal("SWITCHBOARD_DB_URL must read postgresql://host:port/switchboard, without a user; "
                    + "the admin comes in SWITCHBOARD_DB_ADMIN_USER and SWITCHBOARD_DB_ADMIN_PASSWORD(_FILE).");
        }
        String file = environment.get("SWITCHBOARD_DB_ADMIN_PASSWORD_FILE");
        String password = file != null
                ? Secrets.read(Path.of(file))
                : environment.getOrDefault("SWITCHBOARD_DB_ADMIN_PASSWORD", "");
        return new Server(uri, environment.getOrDefault("SWITCHBOARD_DB_ADMIN_USER", "postgres"), password);
    }

    public String jdbcUrl() {
        return jdbcUrl(database());
    }

    /** A connection of the admin to the suite's database. */
    public Connection connect() throws SQLException {
        return connect(database());
    }

    Connection connect(String database) throws SQLException {
        return connect(database, adminUser, adminPassword);
    }

    Connection connectAs(String role, String password) throws SQLException {
        return connect(database(), role, password);
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        Properties who = new Properties();
        who.setProperty("user", user);
        who.setProperty("password", password);
        who.setProperty("ApplicationName", "switchboard");
        who.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(jdbcUrl(database), who);
    }

    String database() {
        return url.getPath().substring(1);
    }

    private String jdbcUrl(String database) {
        int port = url.getPort() < 0 ? 5432 : url.getPort();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return "jdbc:postgresql://" + url.getHost() + ":" + port + "/" + database + query;
    }
}
