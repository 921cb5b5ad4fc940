package io.switchboard.bench;

import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** One organization's log as a file, and what audit-service holds meanwhile. */
final class AuditLogDownload {
    static final int RECORDS = 300_000;

    private static final double MOST_MIB = 32;
    private static final int LOOK_EVERY = 10_000; // records

    private final OwnSuite suite;
    private double peakMiB;

    AuditLogDownload(OwnSuite suite) {
        this.suite = suite;
    }

    /** Of an organization with that many records; the first export warms up. */
    void measure(Tenants tenants, Results results) {
        Say.line("W5: an export of %,d records".formatted(RECORDS));
        export(tenants.now().get(0).accessToken());
        peakMiB = Proc.pssMiB(suite.pid(Service.AUDIT));
        double before = peakMiB;
        long begun = System.nanoTime();
        long records = export(tenants.now().get(0).accessToken());
        double seconds = (System.nanoTime() - begun) / 1e9;
        results.figures()
                .add(Figure.shown(
                        "W5 export of %,d records, records/s".formatted(records), records / seconds, "%,.0f"));
        results.figures()
                .add(Figure.atMost(
                        MOST_MIB, "W5 more memory of audit-service during it", peakMiB - before, "%.0f MiB"));
    }

    /** Fails unless the file says that it is whole. */
    private long export(String token) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(suite.url(Service.AUDIT) + "/api/audit/logs/export?format=ndjson"))
                .header("Authorization", "Bearer " + token)
                .GET()
                .build();
        try (var lines = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            long records = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"end\"")) {
                    return records;
                }
                if (++records % LOOK_EVERY == 0) {
                    peakMiB = Math.max(peakMiB, Proc.pssMiB(suite.pid(Service.AUDIT)));
                }
            }
            throw new Refusal("The export ended after " + records + " records without saying that it is whole.");
        } catch (IOException broken) {
            throw new Refusal("The export broke: " + broken, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
