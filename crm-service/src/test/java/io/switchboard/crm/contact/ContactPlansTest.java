package io.switchboard.crm.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactPlansTest {
    private static final UUID BIG = UUID.randomUUID();

    /** 20 organizations: one of 8,000 contacts, the others of about 630 each. */
    @BeforeEach
    void fill() {
        if (Sql.superuser().number("select count(*) from contacts where org_id = '%s'".formatted(BIG)) == 0) {
            // 20,000 audit events prove nothing.
            Sql.superuser().withoutTriggers().run(FILL.formatted(BIG), "analyze contacts");
        }
    }

    private static final String FILL = """
            insert into contacts (org_id, name, email, phone, service_interests, lead_score, lead_status, last_contact_at, updated_at)
            select case when n <= 8000 then '%s'::uuid else md5((n %% 19)::text)::uuid end,
                case when n %% 5 > 0 then 'Person ' || md5(n::text) end, 'p' || n || '@example.com', '+1555' || (1000000 + n),
                array['interest ' || n %% 50],
                (array['hot', 'warm', 'cold', null])[1 + n %% 4]::lead_score_type,
                (array['new', 'contacted', 'qualified', 'booked', 'converted', 'lost'])[1 + n %% 6]::lead_status_type,
                case when n %% 3 > 0 then now() - n * interval '1 minute' end, now() - n * interval '1 second'
            from generate_series(1, 20000) n""";

    @Test
    void no_list_reads_the_whole_table() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            for (var filter : filters()) {
                for (var order : List.of("updatedAt", "lastContactAt", "name")) {
                    filter.sort = order;
                    explain(app, filter, null);
                    explain(app, filter, cursor(filter));
                }
            }
        }
    }

    /** What a function does is in no plan, but in the statistics. */
    @Test
    void no_search_reads_the_whole_table() {
        var before = scans();
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            for (var call : List.of(
                    "search_contacts('c4ca42', null)",
                    "search_contacts('555-1000123', '5551000123')",
                    "search_contacts('ab', null)",
                    "contacts_interested_in('interest 7')")) {
                app.column("select " + call);
            }
            assertEquals(1, app.number("select count(*) from search_contacts('c4ca42', null)"));
            assertEquals(160, app.number("select count(*) from contacts_interested_in('interest 7')"));
            app.run("select pg_stat_force_next_flush()");
            app.commit();
        }
        var after = scans();
        assertEquals(before.get(0), after.get(0), "sequential scans of contacts");
        assertTrue(after.get(1) >= before.get(1) + 2, "scans of the index over the text");
        assertTrue(after.get(2) > before.get(2), "scans of the index over the interests");
    }

    private static List<ContactFilter> filters() {
        var filters = new ArrayList<ContactFilter>();
        filters.add(new ContactFilter());
        for (var score : LeadScore.values()) {
            filters.add(filter(score.wire(), null));
            filters.add(filter(score.wire(), "new"));
        }
        for (var status : LeadStatus.values()) {
            filters.add(filter(null, status.wire()));
        }
        var searched = filter(null, null);
        searched.q = "c4ca42";
        var interested = filter("hot", null);
        interested.interest = "interest 7";
        var called = filter(null, null);
        called.phone = "+15551000123";
        filters.addAll(List.of(searched, interested, called));
        return filters;
    }

    private static ContactFilter filter(String score, String status) {
        var filter = new ContactFilter();
        filter.leadScore = score;
        filter.leadStatus = status;
        return filter;
    }

    private static Cursor cursor(ContactFilter filter) {
        var key = filter.order() == ContactOrder.NAME ? "=Person 5" : "2026-11-01T10:00:00Z";
        return new Cursor(key, UUID.randomUUID());
    }

    private static void explain(SqlSession app, ContactFilter filter, Cursor after) {
        var list = Contacts.query(BIG, filter, filter.phone(), Plans.page(after));
        Plans.noSequentialScan(app, list.text(), list.args());
    }

    private static List<Long> scans() {
        var counters = Sql.superuser()
                .column(
                        "select seq_scan from pg_stat_user_tables where relid = 'contacts'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'contacts_text'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'contacts_interests'::regclass");
        return counters.stream().map(Long::valueOf).toList();
    }
}
