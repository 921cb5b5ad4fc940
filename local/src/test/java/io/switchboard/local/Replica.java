package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A second process of a service, as behind a load balancer. */
record Replica(Process process, int port) implements AutoCloseable {

    /** @param program what java is given to run the service */
    static Replica started(List<String> program, Map<String, String> environment) {
        var ports = Ports.free();
        var port = ports.http(Service.AUTH);
        var management = ports.management(Service.AUTH);
        var variables = new HashMap<>(environment);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // It is over before the optimizing compiler pays.
        var command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        try {
            var replica = new Replica(builder.start(), port);
            replica.awaitReady(management);
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(int management) {
        try {
            await("the replica is ready").until(() -> isReady(management));
        } catch (RuntimeException notReady) {
            close();
            throw notReady;
        }
    }

    private static boolean isReady(int management) {
        try {
            var url = URI.create("http://127.0.0.1:" + management + "/q/health/ready")
                    .toURL();
            return ((HttpURLConnection) url.openConnection()).getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Kills it without warning, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
