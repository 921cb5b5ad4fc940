package io.switchboard.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SealedLog;
import io.switchboard.audit.verify.VerifyAudit;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a superuser does to sealed records behind the service's back is found offline, in what the service exports. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TamperTest {
    private static final int EDITS = 120;
    private static final int UNTOUCHED = 40;
    private static final int RECORDS = 2_000; // of all three organizations
    private static final int EACH = RECORDS / 3;
    private static final long SEED = Long.getLong("switchboard.seed", 20261120L);

    @Inject
    PublishedTrees published;

    @Inject
    SigningKeys keys;

    @Inject
    Vertx vertx;

    @TempDir
    Path folder;

    private final List<Caller> tenants =
            List.of(Caller.adminOfNewOrg(), Caller.adminOfNewOrg(), Caller.adminOfNewOrg());
    private final MemoryStore store = new MemoryStore();
    private final Random random = new Random(SEED);
    private final List<String> missedWithoutJournal = new ArrayList<>();

    @BeforeEach
    void sealAndPublish() throws IOException {
        Sql.superuser()
                .run(
                        "update publishing set lease_until = '-infinity'",
                        "update trees set exported_size = size, exported_frontier = frontier");
        for (int count : new int[] {EACH / 2, EACH - EACH / 2}) {
            tenants.forEach(tenant -> SealedLog.create(tenant.orgId(), count));
            new Publisher(published, keys, () -> store, Instant::now, vertx)
                    .publish()
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }
        for (var object : store.objects.entrySet()) {
            var file = folder.resolve("store").resolve(object.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, object.getValue());
        }
        Files.writeString(
                folder.resolve("key"),
                tenants.stream()
                        .map(tenant -> keys.verifierKeys(tenant.orgId()).get(0).text())
                        .collect(Collectors.joining("\n")));
        KeptLog.keep(tenants.stream().map(Caller::orgId).toList());
    }

    @AfterEach
    void forget() {
        KeptLog.forget();
    }

    @Test
    void every_edit_is_found_at_its_first_record_and_untouched_logs_are_valid() throws IOException {
        for (int i = 0; i < UNTOUCHED; i++) {
            int from = random.nextInt(EACH);
            int to = from + random.nextInt(EACH - from);
            var tenant = tenants.get(i % tenants.size());
            assertEquals(
                    "valid", verdict(tenant, "&fromSequence=" + from + "&toSequence=" + to, true), from + " to " + to);
        }
        for (int i = 0; i < EDITS; i++) {
            var tenant = tenants.get(random.nextInt(tenants.size()));
            var other = tenants.get((tenants.indexOf(tenant) + 1) % tenants.size());
            var edit = Edit.all().get(i % Edit.all().size());
            int sequence = 1 + random.nextInt(EACH - 2);
            int first = edit.make(tenant.orgId(), other.orgId(), sequence);
            var range = edit.rewrites() ? "" : "&toSequence=" + (EACH - 1);
            assertEquals("broken at " + first, verdict(tenant, range, true), edit + " at " + sequence + ", edit " + i);
            if (verdict(tenant, range, false).equals("valid")) {
                missedWithoutJournal.add(edit.name());
            }
            KeptLog.restore(tenant.orgId());
        }
        var rewriting =
                Edit.all().stream().filter(Edit::rewrites).map(Edit::name).toList();
        assertEquals(rewriting, missedWithoutJournal.stream().distinct().toList(), "only the journal shows these");
    }

    /** "valid", or "broken at" a sequence. */
    private String verdict(Caller tenant, String range, boolean withJournal) throws IOException {
        var answer = tenant.get("/api/audit/logs/export?verifiable=true" + range);
        assertEquals(200, answer.statusCode(), answer::asString);
        var file = Files.writeString(folder.resolve("export"), answer.asString());
        var arguments = new ArrayList<>(
                List.of(file.toString(), "--key", folder.resolve("key").toString()));
        if (withJournal) {
            arguments.addAll(List.of("--checkpoints", folder.resolve("store").toString()));
        }
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = VerifyAudit.run(arguments.toArray(String[]::new), out, out);
        var words = said.toString(StandardCharsets.UTF_8);
        assertTrue(status < 2, words);
        return status == 0
                ? "valid"
                : "broken at " + words.replaceAll("(?s)^broken: first at sequence (\\d+),.*", "$1");
    }
}
