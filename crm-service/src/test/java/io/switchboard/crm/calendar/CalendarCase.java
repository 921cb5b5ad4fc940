package io.switchboard.crm.calendar;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Appointments of an organization. */
abstract class CalendarCase {
    final Caller acme = Caller.adminOfNewOrg();
    String ada;

    @BeforeEach
    void createContact() {
        ada = acme.post("/api/contacts", Map.of("name", "Ada Lovelace", "phone", "+15555550142"))
                .path("id");
    }

    /** @param at an SQL expression */
    String book(String service, String at, UUID assignee) {
        var id = UUID.randomUUID().toString();
        sql().run(
                        "insert into appointments (org_id, id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                                + " values ('" + acme.orgId() + "', '" + id + "', '" + ada + "', '" + service + "', "
                                + at + ", 60, "
                                + (assignee == null ? "null" : "'" + assignee + "'") + ")");
        return id;
    }

    String book(String service, String at) {
        return book(service, at, null);
    }

    void change(String id, String... changes) {
        for (var change : changes) {
            sql().run("update appointments set " + change + " where org_id = '" + acme.orgId() + "' and id = '" + id
                    + "'");
        }
    }

    private Sql sql() {
        return Sql.app(acme.orgId(), acme.id(), "admin");
    }
}
