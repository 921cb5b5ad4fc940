package io.switchboard.kit.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.switchboard.kit.secret.RowCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What a service's tests run against: a real database as the unprivileged role, and stand-ins for the other services. */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private TestDatabase database;
    private DatabaseProxy proxy;
    private FakePeers peers;

    @Override
    public Map<String, String> start() {
        var schema = schema();
        database = database(schema);
        proxy = DatabaseProxy.to(database.port());
        peers = FakePeers.start(proxy);
        var throughProxy = "postgresql://127.0.0.1:" + proxy.port() + "/" + database.name();

        var config = new HashMap<String, String>();
        config.put("switchboard.mode", "local");
        config.put("switchboard.db.url", "postgresql://127.0.0.1:" + database.port() + "/" + database.name());
        config.put("switchboard.db.direct-url", throughProxy);
        config.put("quarkus.datasource.reactive.url", "vertx-reactive:" + throughProxy);
        config.put("switchboard.db.password", TestDatabase.PASSWORD);
        config.put("switchboard.seal.keyset", Keysets.withNewPrimary(RowCipher.newKeyset()));
        config.put("switchboard.hmac-key", Base64.getEncoder().encodeToString(new byte[32]));
        config.put("switchboard.client-secret", "test-only-client-secret");
        config.put("switchboard.issuer", FakePeers.ISSUER);
        config.put(
                "switchboard.test.superuser-url",
                "postgresql://postgres@127.0.0.1:" + database.port() + "/" + database.name());
        config.put("switchboard.audit.store", journal().toUri().toString());
        config.put("switchboard.audit.signing-key", new SigningKeyPair().privatePem());
        config.put("switchboard.audit.journal.look", "off"); // tests publish when they want to
        config.put("switchboard.shutdown.delay", "0s");
        config.put("switchboard.housekeeping", "1s");
        // The tests' clients open a connection for each request, and leave it.
        config.put("switchboard.front.connections", "20000");
        config.put("switchboard.front.connections-per-address", "20000");
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        config.putAll(peers.config());
        return config;
    }

    private static Path journal() {
        try {
            return Files.createTempDirectory(Path.of("target"), "journal").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected TestDatabase database(String schema) {
        return TestDatabase.migrated(schema);
    }

    @Override
    public void stop() {
        if (peers != null) {
            peers.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (database != null) {
            database.close();
        }
    }

    static String schema() {
        var properties = new Properties();
        try (var file = Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("switchboard.schema");
    }
}
