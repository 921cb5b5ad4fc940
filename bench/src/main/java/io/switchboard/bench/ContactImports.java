package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** W6: a CSV file of new contacts, beside pgbench with the statements of an import's batch. */
final class ContactImports {
    private static final int ROWS_OF_A_BATCH = 500;
    private static final int LEAST_ROWS = 1_000;
    private static final int ROWS_A_SECOND = 2_500;
    private static final double FLOOR = 0.5;
    private static final double MOST_MIB = 64;
    private static final long LOOK_EVERY_MILLIS = 200;

    private final OwnSuite suite;
    private final Options options;
    private final Pgbench pgbench;
    private final Tenants tenants;
    private double peakMiB;

    /** @param pgbench with one connection, as an organization has one import at a time */
    ContactImports(OwnSuite suite, Options options, Tenants tenants, Pgbench pgbench) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
        this.pgbench = pgbench;
    }

    void measure(Results results) {
        Say.line("W6 import of a file, to warm up");
        rowsPerSecond(1, LEAST_ROWS + options.warmUp() * ROWS_A_SECOND);
        double before = Proc.pssMiB(suite.pid(Service.CRM));
        peakMiB = before;
        int rows = LEAST_ROWS + options.seconds() * ROWS_A_SECOND;
        Say.line("W6 import of a file of " + rows + " rows");
        double reached = rowsPerSecond(2, rows);
        Say.line("W6 the same batches by pgbench");
        Load batches = pgbench.run(batch(), options.warmUp() / 4 + 1, options.seconds(), new CpuMeter(suite));
        double limit = batches.perSecond() * ROWS_OF_A_BATCH;
        results.figures()
                .addAll(List.of(
                        Figure.shown("W6 import of %,d rows, rows/s".formatted(rows), reached, "%,.0f"),
                        Figure.shown("W6 limit (pgbench, batches of 500 rows), rows/s", limit, "%,.0f"),
                        Figure.atLeast(FLOOR, "W6 import, of the limit", reached / limit, "%.2f"),
                        Figure.atMost(
                                MOST_MIB, "W6 more memory of crm-service during it", peakMiB - before, "%.0f MiB")));
    }

    /** From the request with the file to the end of the import. */
    private double rowsPerSecond(int file, int rows) {
        String imports = suite.url(Service.CRM) + "/api/contacts/imports";
        String csv = csv(file, rows);
        long begun = System.nanoTime();
        String id = Api.postCsv(imports, tenants.now().get(0).accessToken(), csv)
                .path("id")
                .asText();
        JsonNode seen;
        do {
            Pause.millis(LOOK_EVERY_MILLIS);
            peakMiB = Math.max(peakMiB, Proc.pssMiB(suite.pid(Service.CRM)));
            seen = Api.get(imports + "/" + id, tenants.now().get(0).accessToken());
        } while (List.of("queued", "running").contains(seen.path("status").asText()));
        if (seen.path("created").asInt() != rows) {
            throw new Refusal("The import of " + rows + " rows ended so: " + seen);
        }
        return rows / ((System.nanoTime() - begun) / 1e9);
    }

    private static String csv(int file, int rows) {
        StringBuilder csv = new StringBuilder("name,phone,email,serviceInterests,leadScore,notes\n");
        for (int i = 0; i < rows; i++) {
            csv.append("Lead %1$d,+1%2$d88%1$07d,lead%1$d.%2$d@example.com,cleaning;check-up,warm,Met at the fair.\n"
                    .formatted(i, file));
        }
        return csv.toString();
    }

    private Pgbench.Work batch() {
        Tenants.Tenant tenant = tenants.now().get(1);
        return new Pgbench.Work(
                "crm_app",
                List.of(Script.of("import-batch.sql", Map.of())),
                Map.of(
                        "org", tenant.orgId().toString(),
                        "user", tenant.userId().toString(),
                        "role", "admin",
                        "request", UUID.randomUUID().toString()));
    }
}
