package io.switchboard.audit.export;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LogExportTest {
    private static final String EXPORT = "/api/audit/logs/export";

    final Caller acme = Caller.adminOfNewOrg();
    final Caller operator = Caller.of("platform_admin", UUID.randomUUID());

    @Test
    void an_export_has_what_the_list_has_and_says_that_it_is_whole() {
        create(450);
        var file = acme.get(EXPORT);
        file.then()
                .statusCode(200)
                .contentType(startsWith("application/x-ndjson"))
                .header("Content-Disposition", endsWith("\"audit-logs.ndjson\""));
        var lines = file.asString().lines().map(JsonObject::new).toList();
        assertEquals(new JsonObject("{\"end\": true, \"records\": 450}"), lines.get(450));
        assertEquals(451, lines.size());
        assertEquals(unsealed(listed("")), unsealed(lines.subList(0, 450)));
    }

    @Test
    void both_ends_of_an_export_are_recorded() {
        create(3);
        acme.get(EXPORT + "?action=n1");
        var facts = acme.get("/api/audit/logs?action=export");
        facts.then()
                .body("items", hasSize(2))
                .body("items[1].newData.format", is("ndjson"))
                .body("items[1].newData.action", is("n1"))
                .body("items[1].resourceType", is("audit_logs"))
                .body("items[0].newData.records", is(1));
        assertEquals(facts.<String>path("items[1].id"), facts.path("items[0].newData.export"));
    }

    @Test
    void an_operators_export_of_one_tenant_shows_in_its_log() {
        create(2);
        var file = operator.get(EXPORT + "?orgId=" + acme.orgId()).asString();
        assertTrue(file.endsWith("{\"end\": true, \"records\": 2}\n"), file);
        acme.get("/api/audit/logs?action=export")
                .then()
                .body("items", hasSize(2))
                .body("items[0].newData.operator", is(true))
                .body("items[0].actorId", is(operator.id().toString()));
    }

    @Test
    void filters_choose_records() {
        create(30);
        assertEquals(List.of("n7"), actions(acme.get(EXPORT + "?action=n7")));
        assertEquals(List.of("n8"), actions(acme.get(EXPORT + "?q={q}", "\"number\": 8}")));
        assertEquals(List.of(), actions(acme.get(EXPORT + "?resourceType=none")));
        acme.get(EXPORT + "?from=yesterday").then().statusCode(400).body("type", endsWith("invalid_filter"));
        for (var range : List.of("fromSequence=5", "toSequence=5&verifiable=false")) {
            acme.get(EXPORT + "?" + range).then().statusCode(400).body("type", endsWith("invalid_filter"));
        }
        acme.get(EXPORT + "?action=a&action=b").then().statusCode(400).body("type", endsWith("invalid_filter"));
    }

    @Test
    void a_spreadsheet_computes_no_cell() {
        SampleEvents.post(SampleEvents.event(
                acme.orgId(),
                "action",
                "=1+1",
                "userAgent",
                "a,\"b\"\r\nc",
                "newData",
                Map.of("a", "é"),
                "actorId",
                null));
        var file = acme.get(EXPORT + "?format=csv");
        file.then().statusCode(200).contentType(startsWith("text/csv"));
        var text = file.asString();
        assertTrue(
                text.startsWith(
                        "id,orgId,occurredAt,recordedAt,actorId,actorType,action,resourceType,resourceId,service,"
                                + "oldData,newData,ipAddress,userAgent,requestId,outcome,sequence\r\n"),
                text);
        assertTrue(text.contains(",,user,'=1+1,contacts,"), text);
        assertTrue(text.contains(",\"{\"\"a\"\": \"\"é\"\"}\",,\"a,\"\"b\"\"\r\nc\","), text);
        assertFalse(text.contains("\"end\""), text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', application/json, 406",
        "'', text/html, 406",
        "'', 'text/csv;q=0, application/json', 406",
        "'?format=xml', */*, 406",
        "'?format=csv', application/json, 200",
        "'', text/csv, 200",
        "'', 'application/json, text/*', 200",
        "'', application/x-ndjson, 200",
    })
    void a_format_is_chosen(String query, String accept, int status) {
        var answer = acme.request().accept(accept).get(EXPORT + query);
        answer.then().statusCode(status);
        if (status == 406) {
            answer.then().body("type", endsWith("not_acceptable"));
        }
    }

    @Test
    void head_answers_as_get_and_records_nothing() {
        acme.request().head(EXPORT).then().statusCode(200).body(is(""));
        acme.get("/api/audit/logs?action=export").then().body("items", hasSize(0));
    }

    @Test
    void another_organization_is_not_there() {
        acme.get(EXPORT + "?orgId=" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("type", containsString("organization_not_found"));
        acme.colleague("agent").get(EXPORT).then().statusCode(403);
    }

    private void create(int count) {
        SampleEvents.record(IntStream.range(0, count)
                .mapToObj(i -> SampleEvents.event(acme.orgId(), "action", "n" + i, "newData", Map.of("number", i)))
                .toList());
    }

    private List<JsonObject> listed(String filter) {
        var all = new ArrayList<JsonObject>();
        var cursor = "";
        while (cursor != null) {
            var page =
                    new JsonObject(acme.get("/api/audit/logs?resourceType=contacts&limit=200&cursor=" + cursor + filter)
                            .asString());
            page.getJsonArray("items").forEach(item -> all.add((JsonObject) item));
            cursor = page.getString("nextCursor");
        }
        return all;
    }

    /** Sealing goes on meanwhile. */
    private static List<JsonObject> unsealed(List<JsonObject> records) {
        return records.stream()
                .map(JsonObject::copy)
                .peek(record -> record.remove("sequence"))
                .toList();
    }

    private static List<String> actions(Response file) {
        file.then().statusCode(200);
        return file.asString()
                .lines()
                .map(JsonObject::new)
                .filter(line -> !line.containsKey("end"))
                .map(line -> line.getString("action"))
                .toList();
    }
}
