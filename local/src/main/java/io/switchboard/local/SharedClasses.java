package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The archive of a service's loaded classes, by which it starts in little more than half the time: made once a build by
 * deploy/share-classes.sh. A service starts without one, too.
 */
final class SharedClasses {
    private final Layout layout;
    private final Service service;

    SharedClasses(Layout layout, Service service) {
        this.layout = layout;
        this.service = service;
    }

    /** What java is given to run the service. */
    List<String> command() {
        return upToDate()
                ? List.of("@" + layout.startOptions(service))
                : List.of("-jar", layout.jar(service).toString());
    }

    static void makeMissing(Layout layout, List<Service> services, Progress progress) {
        services.parallelStream()
                .map(service -> new SharedClasses(layout, service))
                .filter(classes -> Files.exists(layout.shareClasses()) && !classes.upToDate())
                .forEach(classes -> classes.make(progress));
    }

    private void make(Progress progress) {
        progress.step(service.module() + ": archiving its classes for quick starts, once a build");
        Command script = Command.run(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "sh",
                layout.shareClasses().toString(),
                layout.application(service).toString()));
        if (!script.succeeded()) {
            progress.step(service.module() + ": starts without such an archive, as it could not be made: "
                    + script.output().lines().findFirst().orElse(""));
        }
    }

    /** Whether it is of this build, this place and this java. */
    private boolean upToDate() {
        Path options = layout.startOptions(service);
        try (Stream<String> lines = Files.lines(options)) {
            String made = "# " + System.getProperty("java.vm.version") + " " + layout.application(service);
            return lines.findFirst().filter(made::equals).isPresent()
                    && Files.getLastModifiedTime(options).compareTo(Files.getLastModifiedTime(layout.jar(service)))
                            >= 0;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
