package io.switchboard.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that come as a Maven artifact, once. */
final class PostgresPrograms {
    private PostgresPrograms() {}

    /** The folder that holds {@code bin/}, {@code lib/} and {@code share/}. */
    static Path unpack(Path cache, Progress progress) throws IOException {
        URL archive = PostgresPrograms.class.getResource("/" + archive());
        if (archive == null) {
            throw new Refusal("There is no PostgreSQL for this machine (" + archive() + ") among the artifacts.\n"
                    + "Name a server of your own, 15 or newer, with SWITCHBOARD_DB_URL.");
        }
        Path programs = cache.resolve(artifact(archive));
        if (!Files.isDirectory(programs)) {
            progress.step("PostgreSQL: unpacking the server");
            Path half = cache.resolve("unpacking");
            Command.run(List.of("rm", "-rf", half.toString()));
            extract(archive, half);
            Files.move(half, programs, StandardCopyOption.ATOMIC_MOVE);
        }
        return programs;
    }

    /** The jar's name, which holds the version. */
    private static String artifact(URL archive) throws IOException {
        String jar =
                ((JarURLConnection) archive.openConnection()).getJarFileURL().getPath();
        return jar.substring(jar.lastIndexOf('/') + 1).replace(".jar", "");
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String musl = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return "postgres-" + system + "-" + machine + musl + ".txz";
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                write(tar, entry, file);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            tar.transferTo(out);
        }
        if (file.getParent().endsWith("bin") && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
