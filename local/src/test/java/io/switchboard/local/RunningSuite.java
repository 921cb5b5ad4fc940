package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The four real services from their jars over a PostgreSQL of their own, started once for all tests that need them. */
final class RunningSuite {
    private static RunningSuite only;

    final Suite suite;
    private final Layout layout;

    private RunningSuite(Layout layout) {
        this.layout = layout;
        this.suite = new Suite(layout, Ports.free(), null, Progress.silent());
    }

    /** All parts are ready; what an earlier test killed has been started again. */
    static synchronized RunningSuite ready() {
        if (only == null) {
            only = new RunningSuite(layout());
            Runtime.getRuntime().addShutdownHook(new Thread(only.suite::down));
        }
        only.suite.up();
        return only;
    }

    void startAlone(Service service) {
        var environment = new ServiceEnvironment(layout, suite.secrets(), suite.ports(), suite.server());
        suite.service(service).start(suite.ports(), environment.of(service));
    }

    Tenant newTenant() {
        return Tenant.signUp(this);
    }

    Api nobody() {
        return new Api(suite.ports(), null);
    }

    String log(Service service) {
        return suite.service(service).logTail(60);
    }

    private static Layout layout() {
        try {
            // The module's folder is the working directory of its tests.
            return new Layout(Path.of("..").toRealPath(), Files.createTempDirectory("switchboard-suite"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
