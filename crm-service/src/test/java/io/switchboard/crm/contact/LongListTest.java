package io.switchboard.crm.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists whose items are long: pages end early, and the cursor leads on. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LongListTest {
    private static final int MOST_BYTES = 1_048_576;
    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void a_page_of_long_notes_ends_early_and_leads_on() {
        addContacts(60, "repeat('ö', 20000)", "'{}'");
        assertEquals(60, readAll(3).size());
    }

    @Test
    void notes_that_compress_well_count_in_full() {
        addContacts(60, "repeat('a', 20000)", "array_fill(repeat('b', 100), array[50])");
        assertEquals(60, readAll(2).size());
    }

    @Test
    void short_items_fill_their_page() {
        addContacts(201, "'short'", "'{roof}'");
        var page = acme.get("/api/contacts?limit=200");
        assertEquals(200, page.<List<String>>path("items.id").size());
        assertEquals(201, readAll(2).size());
    }

    private HashSet<String> readAll(int fewestPages) {
        var ids = new HashSet<String>();
        int pages = 0;
        String cursor = "";
        while (cursor != null) {
            var page = acme.get("/api/contacts?limit=200&cursor={cursor}", cursor);
            page.then().statusCode(200);
            var bytes = page.asByteArray().length;
            assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
            ids.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("nextCursor");
            pages++;
        }
        assertTrue(pages >= fewestPages, pages + " pages");
        return ids;
    }

    private void addContacts(int count, String notes, String interests) {
        Sql.app(acme.orgId(), acme.id(), "agent")
                .run(
                        "insert into contacts (org_id, id, name, notes, service_interests) select '%s', gen_random_uuid(), 'c' || i, %s, %s from generate_series(1, %d) i"
                                .formatted(acme.orgId(), notes, interests, count));
    }
}
