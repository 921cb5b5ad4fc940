package io.switchboard.kit.migrate;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.switchboard.kit.openapi.DocumentRoute;
import io.switchboard.kit.secret.RowCipher;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts the service once and ends it, on free ports, with throwaway secrets and without a database: the classes loaded by then
 * are those that an archive of shared classes should hold (see deploy/share-classes.sh).
 */
public final class ClassArchiveRun implements QuarkusApplication {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** Returns when it is over. */
    static void run() {
        settings().forEach(System::setProperty);
        DocumentRoute.hideFromStart();
        Quarkus.run(ClassArchiveRun.class);
    }

    @Override
    public int run(String... args) {
        return 0;
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("switchboard.mode", "local");
        settings.put("switchboard.db.url", "postgresql://127.0.0.1:1/rehearsal");
        settings.put("switchboard.db.password", KEY);
        settings.put("switchboard.client-secret", KEY);
        settings.put("switchboard.hmac-key", KEY);
        settings.put("switchboard.pin-pepper", KEY);
        settings.put("switchboard.seal.keyset", RowCipher.newKeyset());
        settings.put("switchboard.shutdown.delay", "0s");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", "0");
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.management.port", "0");
        settings.put("quarkus.log.level", "ERROR");
        return settings;
    }
}
