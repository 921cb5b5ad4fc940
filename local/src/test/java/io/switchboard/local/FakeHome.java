package io.switchboard.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A repository as a build leaves it, with fake services in it. */
final class FakeHome {
    private FakeHome() {}

    static Path in(Path home) throws IOException {
        Files.createDirectories(home.resolve("deploy/postgres"));
        for (String file : new String[] {"deploy/postgres/bootstrap.sql", "deploy/jvm.options"}) {
            Files.copy(Path.of("..").resolve(file), home.resolve(file));
        }
        for (Service service : Service.values()) {
            Path application = new Layout(home, home).application(service);
            service(application.resolve("quarkus-run.jar"));
            jar(
                    application.resolve("app/" + service.module() + ".jar"),
                    Map.of("db/changelog.yaml", changelog(), "db/thing/001-create.sql", sql(service)));
            jar(application.resolve("lib/main/io.switchboard.service-kit.jar"), Map.of("db/kit/001-kit.sql", kit()));
        }
        return home;
    }

    static Path jar(Path file, Map<String, String> entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static void service(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String name = FakeService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream bytes = FakeHome.class.getResourceAsStream("/" + name)) {
            jar.putNextEntry(new JarEntry(name));
            bytes.transferTo(jar);
        }
    }

    private static String changelog() {
        return """
                databaseChangeLog:
                  - include:
                      file: db/kit/001-kit.sql
                  - include:
                      file: db/thing/001-create.sql
                """;
    }

    private static String kit() {
        return """
                --liquibase formatted sql
                --changeset kit:001
                create table kit_things (id int primary key);
                --rollback drop table kit_things;
                """;
    }

    private static String sql(Service service) {
        return """
                --liquibase formatted sql
                --changeset %s:001
                create table things (id int primary key);
                --rollback drop table things;
                """.formatted(service.schema());
    }
}
