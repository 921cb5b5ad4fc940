package io.switchboard.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.test.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTlsTest {
    private static final String ENCRYPTED = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

    @TempDir
    static Path folder;

    static TestCertificates ours;
    static TestCertificates others;
    static EmbeddedPostgres server;
    static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        ours = TestCertificates.in(Files.createDirectory(folder.resolve("ours")), "IP:127.0.0.1");
        others = TestCertificates.in(Files.createDirectory(folder.resolve("others")), "IP:127.0.0.1");
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", ours.certificate().toString())
                .setServerConfig("ssl_key_file", ours.key().toString())
                .start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close();
        server.close();
    }

    @Test
    void by_default_nothing_is_encrypted() throws Exception {
        assertFalse(isEncrypted("127.0.0.1", Map.of()));
    }

    @Test
    void required_tls_encrypts() throws Exception {
        assertTrue(isEncrypted("127.0.0.1", Map.of("switchboard.db.tls", "require")));
        assertTrue(isEncrypted("localhost", settings("require", ours)));
        assertTrue(isEncrypted("127.0.0.1", settings("verify-full", ours)));
    }

    @Test
    void another_authority_is_refused() {
        assertRefused("127.0.0.1", settings("require", others));
        assertRefused("127.0.0.1", settings("verify-full", others));
        assertRefused("127.0.0.1", Map.of("switchboard.db.tls", "verify-full"));
    }

    @Test
    void another_name_is_refused() {
        assertRefused("localhost", settings("verify-full", ours));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "REQUIRE", "verify_full", "verify-ca"})
    void other_modes_are_refused_in_words(String mode) {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> DatabaseTls.of(config("127.0.0.1", Map.of("switchboard.db.tls", mode))));
        assertEquals(
                "SWITCHBOARD_DB_TLS must be disable, require or verify-full (found " + mode + ").",
                refusal.getMessage());
    }

    @Test
    void a_ca_file_that_is_not_there_is_named() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> DatabaseTls.of(config("127.0.0.1", Map.of("switchboard.db.ca-file", "/no/such/ca.pem"))));
        assertEquals("SWITCHBOARD_DB_CA_FILE names a file that cannot be read: /no/such/ca.pem", refusal.getMessage());
    }

    @Test
    void a_url_has_no_say_in_it() {
        var url = Map.of("switchboard.db.url", "postgresql://db.example.com/switchboard?sslmode=require");
        assertThrows(IllegalArgumentException.class, () -> DatabaseTls.of(config("127.0.0.1", url)));
    }

    @Test
    void what_leaves_the_machine_in_the_clear_is_told() {
        assertFalse(isReadable("127.0.0.1", "disable"));
        assertFalse(isReadable("db.example.com", "require"));
        assertTrue(isReadable("db.example.com", "disable"));
    }

    /** By the reactive client and by JDBC, which must agree. */
    private static boolean isEncrypted(String host, Map<String, String> settings) throws Exception {
        var reactive = reactive(host, settings);
        assertEquals(reactive, jdbc(host, settings));
        return reactive;
    }

    private static void assertRefused(String host, Map<String, String> settings) {
        assertThrows(Exception.class, () -> reactive(host, settings));
        assertThrows(SQLException.class, () -> jdbc(host, settings));
    }

    private static boolean reactive(String host, Map<String, String> settings) throws Exception {
        var config = config(host, settings);
        var address = PgConnectOptions.fromUri(config.getValue("switchboard.db.url", String.class))
                .setUser("postgres")
                .setPassword("");
        DatabaseTls.of(config).apply(address);
        return PgConnection.connect(vertx, address)
                .compose(connection -> connection.query(ENCRYPTED).execute().eventually(() -> connection.close()))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static boolean jdbc(String host, Map<String, String> settings) throws SQLException {
        var config = config(host, settings);
        var url = DatabaseTls.of(config).applyTo("jdbc:" + config.getValue("switchboard.db.url", String.class));
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(ENCRYPTED)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static boolean isReadable(String host, String mode) {
        var config = config(host, Map.of("switchboard.db.tls", mode));
        return DatabaseTls.of(config).isReadableBeyond(config);
    }

    private static Map<String, String> settings(String mode, TestCertificates certificates) {
        return Map.of(
                "switchboard.db.tls",
                mode,
                "switchboard.db.ca-file",
                certificates.authority().toString());
    }

    private static Config config(String host, Map<String, String> settings) {
        var port = server == null ? 5432 : server.getPort();
        var all = new HashMap<>(Map.of("switchboard.db.url", "postgresql://" + host + ":" + port + "/postgres"));
        all.putAll(settings);
        return new SmallRyeConfigBuilder().withDefaultValues(all).build();
    }
}
