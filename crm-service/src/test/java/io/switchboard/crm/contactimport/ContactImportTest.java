package io.switchboard.crm.contactimport;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of a file. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactImportTest extends ImportCase {
    @Test
    void every_column_becomes_a_field() {
        var ended = imported("""
                Full Name;Telephone;Other Phones;E-Mail;service interests;LEAD_SCORE;lead status;Last Contact At;notes;is blocked;metadata;metadata.plan;shoe size
                Ada;(0)555-0100;;;;;;;;;;;
                Ada;+1 (555) 555-0142;+15555550143|office;ada@example.com;tax|law;Hot;qualified;2026-01-31T09:30:00+01:00;"two
                lines";yes;{""age"": 3.10};gold;42
                """.replace("{\"\"age\"\": 3.10}", "\"{\"\"age\"\": 3.10}\""));
        counts(ended, 1, 0, 1);
        assertEquals(List.of("shoe size"), ended.getList("ignoredColumns"));
        assertEquals(
                List.of(Map.of("line", 2, "field", "phone", "message", "is a telephone number, or a sip: or tel: URI")),
                ended.getList("errors"));
        var ada = contact("+15555550143");
        assertEquals("Ada", ada.get("name"));
        assertEquals("+15555550142", ada.get("phone"));
        assertEquals("ada@example.com", ada.get("email"));
        assertEquals(List.of("tax", "law"), ada.get("serviceInterests"));
        assertEquals("hot", ada.get("leadScore"));
        assertEquals("qualified", ada.get("leadStatus"));
        assertEquals("2026-01-31T08:30:00Z", ada.get("lastContactAt"));
        assertEquals("two\nlines", ada.get("notes"));
        assertEquals(true, ada.get("isBlocked"));
        assertEquals("gold", ((Map<?, ?>) ada.get("metadata")).get("plan"));
        assertTrue(ada.get("phones").toString().contains("office"), ada::toString);
    }

    @Test
    void a_known_contact_is_changed_where_cells_are_not_blank() {
        imported("phone,name,notes,metadata.a,metadata.b\n+15555550142,Ada,first,1,2\n");
        var ended = imported("phone,name,notes,metadata.a\n+15555550142,,second,3\n");
        counts(ended, 0, 1, 0);
        var ada = contact("+15555550142");
        assertEquals("Ada", ada.get("name"));
        assertEquals("second", ada.get("notes"));
        assertEquals(Map.of("a", "3", "b", "2"), ada.get("metadata"));
    }

    @Test
    void a_second_number_finds_the_same_contact() {
        imported("phone,name,otherPhones\n+15555550142,Ada,+15555550143\n");
        counts(imported("phone,name\n+15555550143,Ada Lovelace\n"), 0, 1, 0);
        var ada = contact("+15555550142");
        assertEquals("Ada Lovelace", ada.get("name"));
        assertEquals("+15555550142", ada.get("phone"));
    }

    @Test
    void a_number_of_another_contact_refuses_the_row() {
        imported("phone\n+15555550142\n+15555550143\n");
        var ended = imported("phone,otherPhones\n+15555550142,+15555550143\n");
        counts(ended, 0, 0, 1);
        assertEquals("otherPhones", ended.getString("errors[0].field"));
    }

    @Test
    void rows_give_a_contact_at_most_20_numbers() {
        var file = "phone,otherPhones\n+15555550100," + numbers(200, 19) + "\n+15555550100,+15555550300\n"
                + "+15555550101," + numbers(400, 20) + "\n+15555550100,+15555550200\n";
        for (var query : List.of("?dryRun=true", "")) {
            var ended = done(acme, query, file);
            counts(ended, 1, 1, 2);
            assertEquals(List.of(3, 4), ended.getList("errors.line"));
            assertEquals("otherPhones", ended.getString("errors[0].field"));
        }
        counts(imported("phone,otherPhones\n+15555550100,+15555550300\n"), 0, 0, 1);
        assertEquals(20, ((List<?>) contact("+15555550100").get("phones")).size());
    }

    private static String numbers(int from, int count) {
        return java.util.stream.IntStream.range(from, from + count)
                .mapToObj(n -> "+15555550" + n)
                .collect(java.util.stream.Collectors.joining(";"));
    }

    @Test
    void later_lines_of_one_contact_change_it_again() {
        var ended = imported("phone,name,leadStatus\n+15555550142,Ada,new\n+15555550142,,contacted\n"
                + "+15555550142,Ada L,qualified\n+15555550142,,new\n");
        counts(ended, 1, 2, 1);
        assertEquals(5, ended.getInt("errors[0].line"));
        assertEquals("leadStatus", ended.getString("errors[0].field"));
        assertEquals("qualified", contact("+15555550142").get("leadStatus"));
        var again = imported("phone,leadStatus\n+15555550142,booked\n+15555550142,converted\n+15555550142,lost\n");
        counts(again, 0, 3, 0);
        assertEquals("lost", contact("+15555550142").get("leadStatus"));
    }

    @Test
    void an_illegal_step_fails_the_row_and_not_the_batch() {
        imported("phone\n+15555550142\n");
        var ended = imported("phone,leadStatus\n+15555550142,converted\n+15555550143,converted\n");
        counts(ended, 1, 0, 1);
        assertEquals("does not go from new to converted", ended.getString("errors[0].message"));
    }

    @Test
    void by_email_contacts_are_found_whatever_the_case() {
        imported("phone,email\n+15555550142,Ada@Example.com\n");
        var ended = done(
                acme,
                "?key=email",
                "email,name,phone\nada@example.COM,Ada,\nbob@example.com,Bob,+15555550143\n,Eve,\n");
        counts(ended, 1, 1, 1);
        assertEquals(
                Map.of("line", 4, "field", "email", "message", "must not be blank, since it is the key"),
                ended.getMap("errors[0]"));
        assertEquals("Ada", contact("+15555550142").get("name"));
        assertEquals("Bob", contact("+15555550143").get("name"));
    }

    @Test
    void an_email_address_of_several_contacts_refuses_the_row() {
        imported("phone,email\n+15555550142,ada@example.com\n+15555550143,ada@example.com\n");
        var ended = done(acme, "?key=email", "email,name\nada@example.com,Ada\n");
        counts(ended, 0, 0, 1);
        assertEquals("belongs to several contacts", ended.getString("errors[0].message"));
    }

    @Test
    void a_dry_run_counts_the_same_and_writes_nothing() {
        imported("phone,leadStatus\n+15555550140,qualified\n");
        var file = new StringBuilder("phone,name,leadStatus\n+15555550140,A,booked\n+15555550140,A,new\n");
        for (int i = 0; i < 1200; i++) {
            file.append("+1555556%04d,B,%s\n".formatted(i % 1100, i < 1100 ? "contacted" : "qualified"));
        }
        file.append("+15555560000,C,contacted\nnobody,D,new\n");
        var before = number("select count(*) from contacts where org_id = $1", acme.orgId());
        var dry = done(acme, "?dryRun=true", file.toString());
        assertEquals(before, number("select count(*) from contacts where org_id = $1", acme.orgId()));
        assertEquals("qualified", contact("+15555550140").get("leadStatus"));
        assertTrue(dry.getBoolean("dryRun"));
        counts(dry, 1100, 101, 3);
        var real = imported(file.toString());
        counts(real, 1100, 101, 3);
        assertEquals(dry.getList("errors"), real.getList("errors"));
    }

    @Test
    void a_second_run_changes_nothing() {
        var file = "phone,name,otherPhones,serviceInterests,metadata.x\n+15555550142,Ada,+15555550143|home,tax,1\n";
        imported(file);
        var before = contact("+15555550142");
        var row = "select max(c.xmin::text::int8 + p.xmin::text::int8) from contacts c join contact_phones p"
                + " on p.contact_id = c.id where c.org_id = $1";
        var written = number(row, acme.orgId());
        counts(imported(file), 0, 1, 0);
        assertEquals(before, contact("+15555550142"));
        assertEquals(written, number(row, acme.orgId()));
    }

    @Test
    void hot_leads_are_not_announced_but_the_end_is() {
        var admin = Colleagues.joined("admin", acme.orgId());
        done(admin, "", "phone,leadScore\n+15555550142,hot\n+15555550143,hot\n");
        admin.get("/api/notifications")
                .then()
                .body("items.type", contains("system_alert"))
                .body("items.title", contains("Import finished"))
                .body("items.relatedType", contains("contact_import"));
    }

    @Test
    void refused_rows_come_back_as_a_file_that_can_be_mended() {
        var ended = imported("name,phone,x\n\"=a, b\",12,'=1\nBob,+15555550143,\nEve,+1,2,3\n");
        counts(ended, 1, 0, 2);
        var file = acme.get("/api/contacts/imports/" + ended.getString("id") + "/errors.csv");
        file.then().statusCode(200).contentType(startsWith("text/csv"));
        assertEquals("""
                line,field,message,name,phone,x\r
                2,phone,"is a telephone number, or a sip: or tel: URI","'=a, b",12,'=1\r
                4,,"has 4 cells, but the header has 3",Eve,+1,2,3\r
                """, file.asString());
        var mended =
                imported(file.asString().replace(",12,", ",+15555550144,").replace("Eve,+1,2,3", "Eve,+15555550145,2"));
        counts(mended, 2, 0, 0);
        assertEquals("=a, b", contact("+15555550144").get("name"));
        assertEquals(List.of("line", "field", "message", "x"), mended.getList("ignoredColumns"));
    }

    @Test
    void a_row_that_is_too_long_fails_the_file_with_its_line() {
        var ended = imported(
                "phone\n+15555550142\n" + "x".repeat(60_000).concat(",").repeat(5) + "\n");
        assertEquals("failed", ended.getString("status"));
        assertEquals(3, ended.getInt("errors[0].line"));
        ended = imported("phone\n" + ",".repeat(10_001) + "\n");
        assertEquals(2, ended.getInt("errors[0].line"));
    }

    @Test
    void refused_rows_with_long_cells_come_page_by_page() {
        var row = "no number,".concat("\u00fc".repeat(60_000)).concat("\n");
        var ended = imported("phone,notes\n" + row.repeat(40));
        counts(ended, 0, 0, 40);
        var file = acme.get("/api/contacts/imports/" + ended.getString("id") + "/errors.csv");
        assertEquals(41, file.asString().lines().count());
    }

    @Test
    void lines_are_physical_and_blank_ones_are_no_rows() {
        var ended = imported("phone,notes\r\n+15555550142,\"one\r\ntwo\r\nthree\"\r\n\r\n12,x\r\n");
        counts(ended, 1, 0, 1);
        assertEquals(6, ended.getInt("errors[0].line"));
        assertEquals("one\r\ntwo\r\nthree", contact("+15555550142").get("notes"));
    }

    @Test
    void a_byte_order_mark_and_a_header_alone_are_fine() {
        counts(imported("\uFEFFphone\tname\n+15555550142\tAda, B; C\n"), 1, 0, 0);
        assertEquals("Ada, B; C", contact("+15555550142").get("name"));
        counts(imported("phone,name"), 0, 0, 0);
    }

    @Test
    void a_file_that_cannot_be_read_on_fails_with_its_line() {
        var ended = imported("phone,name\n+15555550142,Ada\n+15555550143,\"Bob\n" + "+15555550144,Eve\n".repeat(6000));
        assertEquals("failed", ended.getString("status"));
        assertEquals(1, ended.getInt("created"));
        assertEquals(3, ended.getInt("errors[0].line"));
        var giant = imported("phone,name\n+15555550145,Ada\n+15555550146," + "x".repeat(70_000) + "\n");
        assertEquals("failed", giant.getString("status"));
        assertEquals(0, number("select count(*) from import_chunks where org_id = $1", acme.orgId()));
    }

    @Test
    void bad_cells_name_their_field() {
        var ended = imported("phone,name,email,leadScore,leadStatus,lastContactAt,isBlocked,metadata,serviceInterests\n"
                + "+15555550101," + "x".repeat(201) + ",,,,,,,\n"
                + "+15555550102,,nobody,,,,,,\n"
                + "+15555550103,,,boiling,,,,,\n"
                + "+15555550104,,,,asleep,,,,\n"
                + "+15555550105,,,,,yesterday,,,\n"
                + "+15555550106,,,,,,perhaps,,\n"
                + "+15555550107,,,,,,,[],\n"
                + "+15555550108,,,,,,,," + "y".repeat(101) + "\n"
                + "+15555550109,a\0b,,,,,,,\n"
                + ",,,,,,,,\n");
        counts(ended, 0, 0, 10);
        assertEquals(
                List.of(
                        "name",
                        "email",
                        "leadScore",
                        "leadStatus",
                        "lastContactAt",
                        "isBlocked",
                        "metadata",
                        "serviceInterests",
                        "name",
                        "phone"),
                ended.getList("errors.field"));
    }

    @Test
    void metadata_that_grows_too_large_fails_the_row_alone() {
        imported("phone,metadata.a\n+15555550142," + "a".repeat(5000) + "\n");
        var ended = imported("phone,metadata.b\n+15555550142," + "b".repeat(5000) + "\n+15555550143,x\n");
        counts(ended, 1, 0, 1);
        assertEquals("metadata", ended.getString("errors[0].field"));
    }

    @Test
    void imports_are_listed_newest_first_for_their_organization() {
        var first = imported("phone\n+15555550142\n").getString("id");
        var second = imported("phone\n+15555550142\n").getString("id");
        acme.get("/api/contacts/imports").then().statusCode(200).body("items.id", contains(second, first));
        acme.request()
                .queryParam("limit", 1)
                .get("/api/contacts/imports")
                .then()
                .body("items.id", contains(second));
        var globex = Caller.agentOfNewOrg();
        globex.get("/api/contacts/imports").then().body("items.size()", is(0));
        globex.get("/api/contacts/imports/" + first).then().statusCode(404).body("type", endsWith("import_not_found"));
        globex.get("/api/contacts/imports/" + first + "/errors.csv").then().statusCode(404);
    }
}
