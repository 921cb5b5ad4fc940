package io.switchboard.kit.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one PostgreSQL of a test run's JVM, which ends with it. Quarkus loads this class anew for each application that it starts,
 * so system properties remember the server, not fields.
 */
final class SharedServer {
    private static final String PORT = "switchboard.test.shared-server";

    private SharedServer() {}

    static int port() {
        once(PORT, () -> {
            try {
                var server = EmbeddedPostgres.builder().start();
                System.setProperty(PORT + ".port", Integer.toString(server.getPort()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Integer.getInteger(PORT + ".port");
    }

    /** Does the work unless it has been done in this JVM. */
    static void once(String what, Runnable work) {
        var done = PORT + "." + what + ".done";
        synchronized (System.getProperties()) {
            if (System.getProperty(done) == null) {
                work.run();
                System.setProperty(done, "true");
            }
        }
    }
}
