package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The real jar, started as production and wrongly. */
class ProductionModeTest {
    @Test
    void a_service_with_a_demo_secret_names_it_and_does_not_start() throws Exception {
        var ended = started(Map.of("SWITCHBOARD_CLIENT_SECRET", "change-me", "SWITCHBOARD_HMAC_KEY", "AAAA"));
        assertEquals(1, ended.status());
        for (var line : List.of(
                "SWITCHBOARD_CLIENT_SECRET (or SWITCHBOARD_CLIENT_SECRET_FILE) is a secret for demonstrations",
                "SWITCHBOARD_HMAC_KEY (or SWITCHBOARD_HMAC_KEY_FILE) is too short",
                "SWITCHBOARD_SEAL_KEYSET (or SWITCHBOARD_SEAL_KEYSET_FILE) is not set")) {
            assertTrue(ended.output().contains(line), ended.output());
        }
    }

    @Test
    void a_superuser_as_the_pools_role_ends_a_service() throws Exception {
        var running = RunningSuite.ready();
        var suite = running.suite;
        var ports = Ports.free();
        var environment = new HashMap<>(running.environment(Service.CRM));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.http(Service.CRM)));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.management(Service.CRM)));
        environment.put("SWITCHBOARD_MODE", "production");
        environment.remove("SWITCHBOARD_MAIL_FOLDER");
        environment.put("QUARKUS_DATASOURCE_USERNAME", suite.server().adminUser());
        environment.put(
                "SWITCHBOARD_DB_PASSWORD_FILE", suite.secrets().superuser().toString());
        var ended = started(environment);
        assertEquals(1, ended.status(), ended.output());
        assertTrue(ended.output().contains("QUARKUS_DATASOURCE_USERNAME is "), ended.output());
    }

    private static Command started(Map<String, String> environment) throws IOException, InterruptedException {
        var jar = Path.of("../crm-service/target/quarkus-app/quarkus-run.jar");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-Xmx256m", "-jar", jar.toString()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        return new Command(process.exitValue(), output);
    }
}
