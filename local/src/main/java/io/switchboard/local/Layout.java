package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where everything lies.
 *
 * @param home the repository: built jars, bootstrap.sql
 * @param data what this machine keeps ({@code .switchboard}): database, secrets, logs, process files
 */
public record Layout(Path home, Path data) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    public Layout {
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
    }

    public Path jar(Service service) {
        return application(service).resolve("quarkus-run.jar");
    }

    /** The folder of the service's fast-jar. */
    Path application(Service service) {
        return home.resolve(service.module()).resolve("target/quarkus-app");
    }

    Path bootstrap() {
        return home.resolve("deploy/postgres/bootstrap.sql");
    }

    /** How a service's JVM is started. */
    Path jvmOptions() {
        return home.resolve("deploy/jvm.options");
    }

    Path shareClasses() {
        return home.resolve("deploy/share-classes.sh");
    }

    /** What {@link #shareClasses()} leaves behind. */
    Path startOptions(Service service) {
        return application(service).resolve("start.options");
    }

    Path postgresData() {
        return data.resolve("postgres");
    }

    Path cache() {
        return data.resolve("cache");
    }

    Path secrets() {
        return data.resolve("secrets");
    }

    /** The sign-ins of the latest demo. */
    Path demo() {
        return data.resolve("demo.properties");
    }

    /** Where mail lands instead of being sent. */
    Path mail() {
        return data.resolve("mail");
    }

    /** The audit log's journal. */
    Path audit() {
        return data.resolve("audit");
    }

    Path lock() {
        return data.resolve("run/lock");
    }

    Path pidFile(Service service) {
        return data.resolve("run").resolve(service.module() + ".pid");
    }

    /** There while the service is being stopped on purpose. */
    Path endingMark(Service service) {
        return data.resolve("run").resolve(service.module() + ".ending");
    }

    public Path log(String name) {
        return data.resolve("log").resolve(name + ".log");
    }

    /** Makes the folders, readable by their owner alone. */
    void create() {
        try {
            for (Path folder : new Path[] {data, data.resolve("run"), data.resolve("log"), cache(), secrets()}) {
                if (!Files.isDirectory(folder)) {
                    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                }
            }
            if (!Files.isWritable(data) || !Files.isWritable(secrets())) {
                throw new Refusal(notOurs());
            }
        } catch (java.nio.file.AccessDeniedException denied) {
            throw new Refusal(notOurs(), denied);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Lets another user pass through to what is given to it; what is not stays closed by its own mode. */
    void letThrough() {
        try {
            for (Path folder : new Path[] {data, data.resolve("log"), cache()}) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String notOurs() {
        return "Cannot write to " + data + ownedBy() + ".\n"
                + "Run ./switchboard as that user, or keep your own data elsewhere: SWITCHBOARD_DATA_DIR=~/switchboard-data";
    }

    private String ownedBy() {
        try {
            return " (it belongs to "
                    + Files.getOwner(data, LinkOption.NOFOLLOW_LINKS).getName() + ")";
        } catch (IOException unknown) {
            return "";
        }
    }
}
