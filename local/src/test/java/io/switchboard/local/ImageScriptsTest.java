package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two scripts inside an image, as it lays them out. */
class ImageScriptsTest {
    private static final Path SCRIPTS = Path.of("../deploy/docker");

    @TempDir
    Path app;

    @Test
    void health_is_asked_for_at_the_service_s_own_port() throws IOException {
        Files.copy(SCRIPTS.resolve("ready.sh"), app.resolve("ready.sh"));
        int[] status = {200};
        HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        service.start();
        String port = Integer.toString(service.getAddress().getPort());
        Files.writeString(
                app.resolve("defaults.properties"), "quarkus.http.port=1\nquarkus.management.port=" + port + "\n");
        try {
            assertTrue(ready("A=b").succeeded());
            Files.writeString(app.resolve("defaults.properties"), "quarkus.management.port=1\n");
            assertTrue(ready("QUARKUS_MANAGEMENT_PORT=" + port).succeeded());
            assertEquals(1, ready("A=b").status());
            status[0] = 503;
            assertEquals(1, ready("QUARKUS_MANAGEMENT_PORT=" + port).status());
        } finally {
            service.stop(0);
        }
    }

    @Test
    void every_service_says_which_port_that_is() throws IOException {
        for (Service service : Service.values()) {
            Path defaults = Path.of("..", service.module(), "src/main/resources/application.properties");
            assertTrue(
                    Files.readString(defaults).contains("\nquarkus.management.port=" + (service.defaultPort() + 1000)));
        }
    }

    @Test
    void options_of_the_environment_come_after_the_file_s() throws IOException {
        Files.writeString(app.resolve("java"), "#!/bin/sh\necho \"$*\"\n");
        Files.setPosixFilePermissions(app.resolve("java"), PosixFilePermissions.fromString("rwx------"));
        String path = "PATH=" + app + ":" + System.getenv("PATH");
        String script = SCRIPTS.resolve("start.sh").toString();
        assertEquals(
                "@jvm.options @start.options",
                Command.run(List.of("env", path, "sh", script)).output());
        assertEquals(
                "@jvm.options -Xmx1g -XX:-UseSerialGC @start.options",
                Command.run(List.of("env", path, "SWITCHBOARD_JVM_OPTIONS=-Xmx1g -XX:-UseSerialGC", "sh", script))
                        .output());
    }

    private Command ready(String variable) {
        return Command.run(
                List.of("env", variable, "bash", app.resolve("ready.sh").toString()));
    }
}
