package io.switchboard.audit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in a process of its own, which keeps everything in memory; its class path is that of module s3-server. */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "test-only-key";
    public static final String SECRET = "test-only-secret";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET));
    private static final Pattern LISTENS = Pattern.compile("Started .*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final String endpoint;

    private S3Server(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    public static S3Server start(Path folder) {
        try {
            var settings = Files.writeString(folder.resolve("s3proxy.conf"), """
                            s3proxy.endpoint=http://127.0.0.1:0
                            s3proxy.authorization=aws-v4
                            s3proxy.identity=%s
                            s3proxy.credential=%s
                            jclouds.provider=transient-nio2
                            """.formatted(ACCESS_KEY, SECRET));
            var log = Files.writeString(folder.resolve("logback.xml"), """
                            <configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                            <encoder><pattern>%msg%n</pattern></encoder></appender>
                            <root level="info"><appender-ref ref="out"/></root></configuration>""");
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + log,
                            "-cp",
                            Files.readString(Path.of("../s3-server/target/classpath"))
                                    .strip(),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            settings.toString()))
                    .redirectErrorStream(true)
                    .start();
            return new S3Server(process, "http://127.0.0.1:" + port(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port(Process process) throws IOException {
        var said = new StringBuilder();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            var listens = LISTENS.matcher(line);
            if (listens.find()) {
                drain(lines);
                return listens.group(1);
            }
        }
        throw new IllegalStateException("The S3 server ended: " + said);
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader lines) {
        var reader = new Thread(() -> lines.lines().forEach(line -> {}), "s3-server-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** A store in a new bucket. */
    public ObjectStore open(String bucket) {
        try (var client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
        var location = StoreLocation.of("s3://" + bucket + "/some/place?endpoint=" + endpoint);
        return new S3Store((StoreLocation.Bucket) location, CREDENTIALS, Duration.ofSeconds(20));
    }

    public String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
