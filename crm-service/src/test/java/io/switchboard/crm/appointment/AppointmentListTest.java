package io.switchboard.crm.appointment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentListTest {
    Caller admin;
    String grace;
    String alan;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", UUID.randomUUID());
        grace = admin.post("/api/contacts", Map.of("name", "Grace")).path("id");
        alan = admin.post("/api/contacts", Map.of("name", "Alan")).path("id");
    }

    @Test
    void filters_combine_in_the_order_of_time() {
        var late = book("2030-05-08T10:00:00Z", grace, true);
        var early = book("2030-05-06T10:00:00Z", alan, true);
        var middle = book("2030-05-07T10:00:00Z", grace, false);
        admin.patch("/api/appointments/" + middle, Map.of("status", "confirmed"));

        listed("").containsAll(early, middle, late);
        listed("?status=pending").containsAll(early, late);
        listed("?assigneeId=" + admin.id()).containsAll(early, late);
        listed("?contactId=" + grace).containsAll(middle, late);
        listed("?contactId=" + grace + "&status=pending").containsAll(late);
        listed("?from=2030-05-07T10:00:00Z").containsAll(middle, late);
        listed("?from=2030-05-06T00:00:00Z&to=2030-05-07T10:00:00Z").containsAll(early);
        listed("?status=no_show").containsAll();
        listed("?contactId=" + UUID.randomUUID()).containsAll();
        for (var wrong : List.of("status=gone", "assigneeId=1", "contactId=x", "from=today", "includeDeleted=yes")) {
            admin.get("/api/appointments?" + wrong)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem(wrong.split("=")[0]));
        }
    }

    @Test
    void pages_show_each_once_also_with_ties_and_deleted_ones() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            all.add(book("2030-05-0" + (1 + i / 3) + "T10:00:00Z", grace, false));
        }
        admin.delete("/api/appointments/" + all.get(4));
        assertEquals(all, paged("?includeDeleted=true&limit=2"));
        all.remove(4);
        assertEquals(all, paged("?limit=2"));
    }

    @Test
    void upcoming_ones_are_pending_or_confirmed_and_to_come() {
        var now = OffsetDateTime.now().truncatedTo(ChronoUnit.MINUTES);
        book(now.minusDays(1).toString(), grace, false);
        var cancelled = book(now.plusDays(1).toString(), grace, false);
        admin.patch("/api/appointments/" + cancelled, Map.of("status", "cancelled"));
        var second = book(now.plusDays(3).toString(), grace, false);
        var first = book(now.plusDays(2).toString(), grace, false);
        admin.patch("/api/appointments/" + first, Map.of("status", "confirmed"));
        assertEquals(List.of(first, second), paged("/upcoming?limit=1"));
        Caller.agentOfNewOrg().get("/api/appointments/upcoming").then().body("items", empty());
    }

    private interface Listed {
        void containsAll(String... ids);
    }

    private Listed listed(String query) {
        return ids -> admin.get("/api/appointments" + query)
                .then()
                .statusCode(200)
                .body("items.id", ids.length == 0 ? empty() : contains(ids));
    }

    private List<String> paged(String query) {
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = admin.get("/api/appointments" + query + (cursor == null ? "" : "&cursor=" + cursor));
            page.then().statusCode(200);
            seen.addAll(page.jsonPath().getList("items.id", String.class));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        return seen;
    }

    private String book(String at, String contact, boolean assigned) {
        var form = new HashMap<String, Object>(
                Map.of("contactId", contact, "serviceType", "Cleaning", "scheduledAt", at, "durationMinutes", 30));
        if (assigned) {
            form.put("assigneeId", admin.id());
        }
        return admin.post("/api/appointments", form).path("id");
    }
}
