package io.switchboard.audit.export;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SealedLog;
import io.switchboard.audit.verify.VerifyAudit;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verifier says of files that this service wrote. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class VerifiableExportTest {
    private static final String EXPORT = "/api/audit/logs/export?verifiable=true";

    final Caller acme = Caller.adminOfNewOrg();

    @TempDir
    Path folder;

    @Test
    void any_range_of_a_log_is_verified() throws IOException {
        SealedLog.create(acme.orgId(), 700);
        for (var range : List.of(
                "",
                "&toSequence=0",
                "&fromSequence=255&toSequence=257",
                "&fromSequence=699",
                "&fromSequence=300&toSequence=650")) {
            var file = acme.get(EXPORT + range);
            file.then().statusCode(200);
            assertEquals("0 valid", verdict(file.asString()), range);
        }
        SealedLog.awaitSealed(acme.orgId());
        var whole = acme.get(EXPORT);
        assertEquals("0 valid", verdict(whole.asString()), "with what the exports left in the log");
    }

    @Test
    void list_feed_export_and_proof_agree_on_each_record() {
        SealedLog.create(acme.orgId(), 40);
        var export = lines(EXPORT + "&toSequence=39");
        var feed = lines("/api/audit/feed?limit=40");
        var listed = new HashMap<Long, Object>();
        new JsonObject(acme.get("/api/audit/logs?resourceType=contacts&limit=200")
                        .asString())
                .getJsonArray("items")
                .forEach(item -> listed.put(((JsonObject) item).getLong("sequence"), item));
        for (int sequence = 0; sequence < 40; sequence++) {
            var shown = feed.get(sequence);
            assertEquals(shown, listed.get((long) sequence));
            assertSame(shown, export.get(sequence + 1));
            var proof = new JsonObject(acme.get("/api/audit/logs/" + shown.getString("id") + "/proof")
                    .asString());
            for (var part : List.of("leaf", "data", "origin")) {
                assertEquals(export.get(sequence + 1).getValue(part), proof.getValue(part));
            }
        }
    }

    private List<JsonObject> lines(String path) {
        return acme.get(path).asString().lines().map(JsonObject::new).toList();
    }

    private static void assertSame(JsonObject shown, JsonObject exported) {
        var leaf = exported.getJsonObject("leaf");
        for (var name : List.of(
                "id",
                "sequence",
                "actorId",
                "actorType",
                "action",
                "resourceType",
                "resourceId",
                "service",
                "requestId",
                "outcome")) {
            assertEquals(shown.getValue(name), leaf.getValue(name), name);
        }
        for (var name : List.of("occurredAt", "recordedAt")) {
            assertEquals(Instant.parse(shown.getString(name)), Instant.parse(leaf.getString(name)), name);
        }
        assertEquals(shown.getString("orgId"), leaf.getString("org"));
        assertEquals(
                shown.getJsonObject("newData"),
                new JsonObject(exported.getJsonObject("data").getString("newData")));
        assertEquals(
                shown.getString("ipAddress"), exported.getJsonObject("origin").getString("ipAddress"));
    }

    @Test
    void a_changed_file_is_broken_at_the_record() throws IOException {
        SealedLog.create(acme.orgId(), 20);
        var file = acme.get(EXPORT).asString();
        var changed = file.replace("{\\\"number\\\": 7}", "{\\\"number\\\": 6}");
        assertEquals("1 broken: first at sequence 7", verdict(changed));
        assertEquals(
                "1 broken: first at sequence 0",
                verdict(file.replace("\"n7\"", "\"n6\"")),
                "the journal would say where");
        var lines = file.lines().toList();
        assertFalse(verdict(String.join("\n", lines.subList(0, 12)) + "\n").startsWith("0"), "cut");
    }

    @Test
    void a_changed_table_is_broken_at_the_record() throws IOException {
        var events = SealedLog.create(acme.orgId(), 20);
        Sql.superuser()
                .withoutTriggers()
                .run("update audit_logs set outcome = 'failure' where id = '"
                        + events.get(7).get("id") + "'");
        assertEquals("1 broken: first at sequence 7", verdict(acme.get(EXPORT).asString()));
        Sql.superuser()
                .withoutTriggers()
                .run("delete from audit_logs where id = '" + events.get(5).get("id") + "'");
        assertEquals("1 broken: first at sequence 5", verdict(acme.get(EXPORT).asString()));
    }

    @Test
    void a_row_that_was_slipped_in_is_named_in_the_ranges_where_it_stands() throws IOException {
        var events = SealedLog.create(acme.orgId(), 20);
        for (int after : new int[] {3, 12}) {
            Sql.superuser()
                    .withoutTriggers()
                    .run("insert into audit_logs select (jsonb_populate_record(l, jsonb_build_object('id', '"
                            + UUID.randomUUID() + "'))).* from audit_logs l where id = '"
                            + events.get(after).get("id") + "'");
        }
        var verdicts = Map.of(
                "&toSequence=3", "0 valid",
                "&toSequence=4", "1 broken: first at sequence 4",
                "&fromSequence=4", "1 broken: first at sequence 4",
                "&fromSequence=5&toSequence=12", "0 valid",
                "&fromSequence=5&toSequence=19", "1 broken: first at sequence 13",
                "&fromSequence=14&toSequence=19", "0 valid");
        for (var range : verdicts.entrySet()) {
            assertEquals(
                    range.getValue(), verdict(acme.get(EXPORT + range.getKey()).asString()), range.getKey());
        }
    }

    @Test
    void what_is_not_sealed_yet_is_told_to_come_again() {
        acme.get(EXPORT)
                .then()
                .statusCode(409)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("not_sealed"));
        SealedLog.create(acme.orgId(), 3);
        acme.get(EXPORT + "&toSequence=30").then().statusCode(409).body("type", endsWith("not_sealed"));
        acme.get(EXPORT + "&toSequence=2").then().statusCode(200);
    }

    @Test
    void a_verifiable_export_has_all_of_a_range() {
        for (var query : List.of(
                "action=x",
                "from=2026-01-01T00:00:00Z",
                "fromSequence=-1",
                "toSequence=x",
                "fromSequence=5&toSequence=4",
                "format=csv")) {
            acme.get(EXPORT + "&" + query).then().statusCode(400).body("type", endsWith("invalid_filter"));
        }
        acme.get(EXPORT + "&orgId=" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void both_ends_are_recorded() {
        SealedLog.create(acme.orgId(), 3);
        acme.get(EXPORT + "&fromSequence=1");
        acme.get("/api/audit/logs?action=export")
                .then()
                .body("items", hasSize(2))
                .body("items[1].newData.verifiable", is(true))
                .body("items[1].newData.fromSequence", is(1))
                .body("items[1].newData.toSequence", is(2))
                .body("items[0].newData.records", is(2));
    }

    /** The exit status and the first words. */
    private String verdict(String text) throws IOException {
        var file = folder.resolve("log.ndjson");
        Files.writeString(file, text);
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = VerifyAudit.run(new String[] {file.toString()}, out, out);
        var words = said.toString(StandardCharsets.UTF_8);
        assertTrue(!words.isBlank());
        return status + " " + words.split(status == 0 ? ":" : ",")[0];
    }
}
