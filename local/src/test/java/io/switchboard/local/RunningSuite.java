package io.switchboard.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        suite.service(service).start(suite.ports(), environment(service));
    }

    Map<String, String> environment(Service service) {
        return new ServiceEnvironment(layout, suite.secrets(), suite.ports(), suite.server()).of(service);
    }

    /** One more process of a service beside the one that runs, ready and on ports of its own. */
    Replica replica(Service service) {
        return Replica.started(new SharedClasses(layout, service).command(), environment(service));
    }

    Tenant newTenant() {
        return Tenant.signUp(this);
    }

    Demo demo(PrintStream out) {
        return new Demo(layout, suite.ports(), new DemoPrint(out));
    }

    Api nobody() {
        return new Api(suite.ports(), null);
    }

    /** Opens whatever guessing has closed. */
    void forgetAttempts() {
        try (var connection = suite.server().connect();
                var statement = connection.createStatement()) {
            statement.execute("truncate auth.login_attempts");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query of the superuser, which has one column. */
    List<String> column(String query) {
        try (var connection = suite.server().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has landed where mails land here. */
    List<String> mails() {
        try (var files = Files.list(layout.mail())) {
            var mails = new ArrayList<String>();
            for (var file :
                    files.filter(each -> each.toString().endsWith(".eml")).toList()) {
                mails.add(Files.readString(file));
            }
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
