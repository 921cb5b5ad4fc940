package io.switchboard.crm.contactexport;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactExportTest {
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void a_file_has_all_fields_of_a_contact() {
        var id = create(Map.of("phone", "+15555550142", "name", "Ada", "isBlocked", true, "metadata", Map.of("a", 1)));
        Sql.superuser()
                .run("insert into contact_phones (org_id, phone, label, contact_id) values ('" + acme.orgId()
                        + "', '+15555550143', 'office', '" + id + "')");
        var answer = acme.get("/api/contacts/export.csv");
        answer.then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .header("Content-Disposition", endsWith("\"contacts.csv\""));
        assertEquals(
                "name,phone,otherPhones,email,serviceInterests,leadScore,leadStatus,lastContactAt,notes,isBlocked,metadata\r\n"
                        + "Ada,+15555550142,+15555550143|office,,,,new,,,true,\"{\"\"a\"\": 1}\"\r\n",
                answer.asString().replace("'+15555550143|office", "+15555550143|office"));
        assertTrue(answer.asString().contains("'+15555550143|office"), "a spreadsheet would compute it");
    }

    @Test
    void an_export_imported_elsewhere_exports_the_same() {
        for (var name : List.of(
                "=1+1", "'=1", "+49", "-x", "@sum", "\tx", "a;b", "a,\"b\"", "\u00fcber\r\nzwei", "'", " x ", "\\;")) {
            create(Map.of(
                    "phone",
                    "+1555555%04d".formatted(1000 + Math.abs(name.hashCode() % 1000)),
                    "name",
                    name,
                    "notes",
                    name + "|" + name,
                    "email",
                    "ada@example.com",
                    "serviceInterests",
                    List.of("a;b", "c|d", "e\\f", "=g"),
                    "leadScore",
                    "hot",
                    "leadStatus",
                    "qualified",
                    "lastContactAt",
                    "2026-01-31T09:30:00.123456Z",
                    "metadata",
                    Map.of("x", name, "n", 1.25, "deep", Map.of("list", List.of(1, "=2")))));
        }
        var more = new HashMap<String, Object>();
        more.put("phone", "sip:bob@example.com;transport=udp");
        create(more);
        var file = acme.get("/api/contacts/export.csv").asByteArray();
        var globex = Caller.agentOfNewOrg();
        var ended = imported(globex, file);
        assertEquals(13, (int) ended.get("created"), ended::toString);
        assertEquals(rows(file), rows(globex.get("/api/contacts/export.csv").asByteArray()));
        assertEquals(0, (int) imported(acme, file).get("created"));
        assertEquals(rows(file), rows(acme.get("/api/contacts/export.csv").asByteArray()));
    }

    @Test
    void filters_choose_contacts() {
        create(Map.of("name", "Ada", "leadScore", "hot"));
        create(Map.of("name", "Bob", "leadScore", "cold", "leadStatus", "lost"));
        var hot = acme.get("/api/contacts/export.csv?leadScore=hot").asString();
        assertTrue(hot.contains("Ada") && !hot.contains("Bob"), hot);
        var lost = acme.get("/api/contacts/export.csv?leadStatus=lost").asString();
        assertTrue(lost.contains("Bob") && !lost.contains("Ada"), lost);
        acme.get("/api/contacts/export.csv?leadScore=warmish")
                .then()
                .statusCode(400)
                .body("type", endsWith("invalid_filter"));
    }

    @Test
    void contacts_with_long_notes_are_exported_page_by_page() {
        Sql.superuser()
                .run("insert into contacts (org_id, phone, notes) select '" + acme.orgId()
                        + "', '+1555' || (5000000 + n), repeat('\u00fc', 20000) from generate_series(1, 600) n");
        var lines = acme.get("/api/contacts/export.csv").asString().lines().toList();
        assertEquals(601, lines.size());
        assertEquals(601, new TreeSet<>(lines).size());
        assertEquals(
                600,
                AuditTrail.await(1, acme.orgId(), "export")
                        .get(0)
                        .getJsonObject("newData")
                        .getInteger("rows"));
    }

    @Test
    void a_large_export_is_whole_and_recorded() {
        // 5,000 audit events would keep the export's waiting.
        Sql.superuser()
                .withoutTriggers()
                .run("insert into contacts (org_id, phone, name) select '" + acme.orgId()
                        + "', '+1555' || (5000000 + n), 'Contact ' || n from generate_series(1, 5000) n");
        Caller stranger = Caller.agentOfNewOrg();
        assertEquals(
                1, stranger.get("/api/contacts/export.csv").asString().lines().count());
        var lines = acme.get("/api/contacts/export.csv").asString().lines().toList();
        assertEquals(5001, lines.size());
        assertEquals(5001, new TreeSet<>(lines).size());
        assertEquals(
                5000,
                AuditTrail.await(1, acme.orgId(), "export")
                        .get(0)
                        .getJsonObject("newData")
                        .getInteger("rows"));
    }

    @Test
    void head_answers_as_get_without_the_file() {
        acme.request()
                .head("/api/contacts/export.csv")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .header("Content-Disposition", endsWith("\"contacts.csv\""))
                .body(is(""));
        acme.request().head("/api/contacts/export.csv?leadScore=tepid").then().statusCode(400);
        acme.request()
                .head("/api/contacts/imports/" + UUID.randomUUID() + "/errors.csv")
                .then()
                .statusCode(404);
        given().head("/api/contacts/export.csv").then().statusCode(401);
    }

    @Test
    void customers_do_not_export() {
        acme.colleague("customer").get("/api/contacts/export.csv").then().statusCode(403);
        assertFalse(given().get("/api/contacts/export.csv").asString().contains("name,phone"));
    }

    private String create(Map<String, ?> contact) {
        return acme.post("/api/contacts", contact)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> imported(Caller caller, byte[] file) {
        String id = given().header("Authorization", "Bearer " + caller.token())
                .contentType("text/csv")
                .body(file)
                .post("/api/contacts/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().until(() ->
                "completed".equals(caller.get("/api/contacts/imports/" + id).path("status")));
        return caller.get("/api/contacts/imports/" + id).jsonPath().getMap("");
    }

    private static TreeSet<String> rows(byte[] file) {
        return new TreeSet<>(List.of(new String(file, StandardCharsets.UTF_8).split("\r\n(?=[^z])")));
    }
}
