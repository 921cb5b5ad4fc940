package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PasswordUtil;

/** Lays down roles, schemas and extensions with {@code deploy/postgres/bootstrap.sql}. */
final class Bootstrap {
    private static final int ITERATIONS = 256;
    private static final int SALT_BYTES = 16;

    private final Path script;
    private final Secrets secrets;

    Bootstrap(Path script, Secrets secrets) {
        this.script = script;
        this.secrets = secrets;
    }

    /** Creates the database if it is missing and runs the script. Returns its notices. */
    List<String> run(Server server) {
        try {
            createDatabase(server);
            try (Connection connection = server.connect()) {
                giveVerifiers(connection);
                return runScript(connection);
            }
        } catch (PSQLException refused) {
            throw new Refusal("The database cannot be prepared: " + inWords(server, refused), refused);
        } catch (SQLException broken) {
            throw new Refusal("The database cannot be prepared: " + broken.getMessage(), broken);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void createDatabase(Server server) throws SQLException {
        try (Connection connection = server.connect("postgres");
                PreparedStatement exists = connection.prepareStatement("select from pg_database where datname = ?")) {
            exists.setString(1, server.database());
            if (!exists.executeQuery().next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("create database " + create.enquoteIdentifier(server.database(), true));
                }
            }
        }
    }

    /** The server's log may hold every statement, so the passwords themselves stay here. */
    private void giveVerifiers(Connection connection) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config(?, ?, false)")) {
            for (Service service : Service.values()) {
                for (String role : List.of(service.schema() + "_owner", service.schema() + "_app")) {
                    String password = Secrets.read(secrets.role(role));
                    set.setString(1, "switchboard." + role + "_verifier");
                    set.setString(2, verifier(password));
                    set.execute();
                }
            }
        }
    }

    /**
     * {@link Secrets} makes passwords of random bits, so hashing them thousands of times protects nothing. Each new connection
     * would have to do it again, also those of a start, when the JVM has compiled nothing yet.
     */
    private static String verifier(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return PasswordUtil.encodeScramSha256(password.toCharArray(), ITERATIONS, salt);
    }

    private List<String> runScript(Connection connection) throws SQLException, IOException {
        List<String> notices = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(script));
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                notices.add(notice.getMessage());
            }
        }
        return notices;
    }

    private static String inWords(Server server, PSQLException refused) {
        if ("28P01".equals(refused.getSQLState())) {
            return server.adminUser() + "'s password does not fit. The secrets and the data of the server at "
                    + server.url() + " do not belong together.";
        }
        if (refused.getServerErrorMessage() == null) {
            return refused.getMessage();
        }
        String hint = refused.getServerErrorMessage().getHint();
        return refused.getServerErrorMessage().getMessage() + (hint == null ? "." : ". " + hint);
    }
}
