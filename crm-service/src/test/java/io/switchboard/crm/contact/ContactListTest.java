package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactListTest {
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void the_contact_changed_last_comes_first() {
        String ada = add("name", "Ada");
        add("name", "Bob");
        names("").body("items.name", contains("Bob", "Ada")).body("nextCursor", nullValue());
        acme.patch("/api/contacts/" + ada, Map.of("notes", "x"));
        names("").body("items.name", contains("Ada", "Bob"));
    }

    @Test
    void filters_combine() {
        add("name", "Ada", "leadScore", "hot", "leadStatus", "new", "serviceInterests", List.of("roofing"));
        add(
                "name",
                "Bob",
                "leadScore",
                "hot",
                "leadStatus",
                "contacted",
                "serviceInterests",
                List.of("roofing", "solar"));
        add("name", "Cyd", "leadScore", "cold", "leadStatus", "contacted", "phone", "+4930123456");
        add("name", "Dan");

        names("?leadScore=hot").body("items.name", containsInAnyOrder("Ada", "Bob"));
        names("?leadStatus=contacted").body("items.name", containsInAnyOrder("Bob", "Cyd"));
        names("?leadScore=hot&leadStatus=contacted").body("items.name", contains("Bob"));
        names("?interest=roofing").body("items.name", containsInAnyOrder("Ada", "Bob"));
        names("?interest=roofing&leadStatus=new").body("items.name", contains("Ada"));
        names("?interest=roof").body("items", empty());
        names("?leadScore=warm").body("items", empty());
        names("?phone=%2B49 30 123456").body("items.name", contains("Cyd"));
        names("?phone=%2B4930123456&leadScore=hot").body("items", empty());
        names("?q=a&leadScore=hot&leadStatus=new&interest=roofing").body("items.name", contains("Ada"));
        names("?leadScore=&leadStatus=&q=").body("items", hasSize(4));
    }

    @Test
    void a_search_finds_parts_of_names_addresses_and_numbers() {
        add("name", "Ada Lovelace", "email", "countess@example.com");
        add("name", "Zoë", "phone", "+15555550142");
        add("name", "100% Bob_by\\", "phone", "sip:bob@trunk.example.com");

        names("?q=LOVE").body("items.name", contains("Ada Lovelace"));
        names("?q=countess@ex").body("items.name", contains("Ada Lovelace"));
        names("?q=ZOË").body("items.name", contains("Zoë"));
        names("?q=555-0142").body("items.name", contains("Zoë"));
        names("?q=(555) 555").body("items.name", contains("Zoë"));
        names("?q=trunk").body("items.name", contains("100% Bob_by\\"));
        names("?q=0%25").body("items.name", contains("100% Bob_by\\"));
        names("?q=b_b").body("items.name", contains("100% Bob_by\\"));
        names("?q=a_a").body("items", empty());
        names("?q=%25").body("items.name", contains("100% Bob_by\\"));
        names("?q=y\\").body("items.name", contains("100% Bob_by\\"));
        names("?q=' or 1=1 --").body("items", empty());
    }

    @Test
    void pages_show_each_contact_once_in_every_order_also_with_ties() {
        for (int i = 0; i < 25; i++) {
            add("name", "Ada", "lastContactAt", "2026-11-01T10:00:00Z");
            add("notes", "nameless, never heard of");
        }
        Sql.superuser()
                .withoutTriggers()
                .run("update contacts set updated_at = '2026-11-01 10:00:00.123456Z' where org_id = '%s'"
                        .formatted(acme.orgId()));
        for (var order : List.of("updatedAt", "lastContactAt", "name")) {
            var seen = new ArrayList<String>();
            String cursor = null;
            int pages = 0;
            do {
                var page =
                        acme.get("/api/contacts?limit=17&sort=" + order + (cursor == null ? "" : "&cursor=" + cursor));
                seen.addAll(page.jsonPath().getList("items.id", String.class));
                cursor = page.path("nextCursor");
                pages++;
            } while (cursor != null);
            assertEquals(3, pages, order);
            assertEquals(50, seen.size(), order);
            assertEquals(50, new HashSet<>(seen).size(), order);
        }
    }

    @Test
    void a_list_is_sorted_as_asked_and_what_lacks_the_key_comes_last() {
        add("name", "Bob", "lastContactAt", "2026-11-03T10:00:00Z");
        add("email", "nobody@example.com");
        add("name", "Ada", "lastContactAt", "2026-11-01T10:00:00Z");
        add("name", "Cyd", "lastContactAt", "2026-11-02T10:00:00Z");

        names("?sort=name").body("items.name", contains("Ada", "Bob", "Cyd", null));
        names("?sort=lastContactAt").body("items.name", contains("Bob", "Cyd", "Ada", null));
        names("?sort=updatedAt").body("items.name", contains("Cyd", "Ada", null, "Bob"));
    }

    @Test
    void an_unknown_value_of_a_filter_is_refused_in_words() {
        for (var query : Map.of(
                        "leadScore", "tepid",
                        "leadStatus", "NEW",
                        "sort", "phone")
                .entrySet()) {
            names("?" + query.getKey() + "=" + query.getValue(), 400)
                    .body("type", endsWith("invalid_filter"))
                    .body("errors.field", contains(query.getKey()));
        }
        for (var limit : List.of("0", "201", "-1", "ten", "1e2")) {
            names("?limit=" + limit, 400).body("errors.field", hasItem("limit"));
        }
        for (var cursor : List.of("x", "!!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            names("?cursor=" + cursor, 400).body("type", endsWith("invalid_cursor"));
        }
        names("?q=" + "x".repeat(256), 400).body("errors.field", hasItem("q"));
        names("?q=%00", 400);
        names("?phone=%00", 400);
        names("?limit=1").body("items", hasSize(is(0)));
    }

    private String add(Object... fields) {
        var form = new HashMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put((String) fields[i], fields[i + 1]);
        }
        var response = acme.post("/api/contacts", form);
        response.then().statusCode(201);
        return response.path("id");
    }

    private io.restassured.response.ValidatableResponse names(String query) {
        return names(query, 200);
    }

    private io.restassured.response.ValidatableResponse names(String query, int status) {
        var encoded = query.replace(" ", "%20").replace("\\", "%5C").replace("Ë", "%C3%8B");
        return acme.request()
                .urlEncodingEnabled(false)
                .get("/api/contacts" + encoded)
                .then()
                .statusCode(status);
    }
}
