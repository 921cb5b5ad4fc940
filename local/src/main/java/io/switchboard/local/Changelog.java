package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/** The changelog inside a service's application: its own part and the kit's. */
final class Changelog {
    private final List<Path> jars;

    Changelog(List<Path> jars) {
        this.jars = jars;
    }

    /** @param application the folder of the service's fast-jar */
    static Changelog of(Path application) {
        List<Path> jars = new ArrayList<>(in(application.resolve("app"), ""));
        jars.addAll(in(application.resolve("lib/main"), "io.switchboard."));
        return new Changelog(jars);
    }

    /** Finds what lies under {@code db/} in these jars alone; for all else it asks the launcher's own class path. */
    URLClassLoader loader() {
        return new Loader(jars.stream().map(Changelog::url).toArray(URL[]::new));
    }

    /** The launcher's own copy of the kit must not answer for the service's. */
    private static final class Loader extends URLClassLoader {
        Loader(URL[] jars) {
            super(jars, Changelog.class.getClassLoader());
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("db/") ? findResource(name) : super.getResource(name);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("db/") ? findResources(name) : super.getResources(name);
        }
    }

    private static List<Path> in(Path folder, String beginning) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
