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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactPlansTest {
    private static final UUID BIG = UUID.randomUUID();

    /** The times of the rows count back from it. */
    private static final OffsetDateTime NEWEST = OffsetDateTime.parse("2026-01-01T00:00:00Z");

    private static final UUID HIGHEST = new UUID(-1, -1);

    /** The 10,000th row, of five a page. */
    private static final int PAGE_2000 = 10_000;

    /** One organization of 120,000 contacts, 19 of about 4,200 each, and 3,000 of three. */
    @BeforeEach
    void fill() {
        if (Sql.superuser().number("select count(*) from contacts where org_id = '%s'".formatted(BIG)) == 0) {
            // 200,000 audit events prove nothing.
            Sql.superuser()
                    .withoutTriggers()
                    .run(
                            FILL.formatted(BIG),
                            FILL_PHONES,
                            FILL_MORE_PHONES,
                            "analyze contacts",
                            "analyze contact_phones");
        }
    }

    private static final String FILL = """
            insert into contacts (org_id, name, email, phone, service_interests, lead_score, lead_status, last_contact_at, is_blocked, updated_at)
            select case when n <= 120000 then '%s'::uuid when n <= 200000 then md5((n %% 19)::text)::uuid
                    else md5('org ' || n %% 3000)::uuid end,
                case when n %% 5 > 0 then 'Person ' || md5(n::text) end, 'p' || n || '@example.com', '+1555' || (1000000 + n),
                array['interest ' || n %% 50],
                (array['hot', 'warm', 'cold', null])[1 + n %% 4]::lead_score_type,
                (array['new', 'contacted', 'qualified', 'booked', 'converted', 'lost'])[1 + n %% 6]::lead_status_type,
                case when n %% 3 > 0 then timestamptz '2026-01-01 00:00Z' - n * interval '1 minute' end, n %% 10 = 0,
                timestamptz '2026-01-01 00:00Z' - n * interval '1 second'
            from generate_series(1, 209000) n""";

    private static final String FILL_PHONES =
            "insert into contact_phones (org_id, contact_id, phone) select org_id, id, phone from contacts where email like 'p%@example.com'";

    /** Every tenth has a second number. */
    private static final String FILL_MORE_PHONES =
            "insert into contact_phones (org_id, contact_id, phone, label) select org_id, id, '+1777' || substr(phone, 6), 'office'"
                    + " from contacts where email like 'p%0@example.com'";

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from contact_phones p using contacts c where p.org_id = c.org_id and p.contact_id = c.id"
                                + " and c.email like 'p%@example.com'",
                        "delete from contacts where email like 'p%@example.com'",
                        "vacuum analyze contacts",
                        "vacuum analyze contact_phones");
    }

    @Test
    void a_page_reads_its_own_rows_by_every_filter() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            for (var score : LeadScore.values()) {
                everyPage(app, filter(score.wire(), null), at(4));
            }
            for (var status : LeadStatus.values()) {
                everyPage(app, filter(null, status.wire()), at(6));
            }
            var blocked = new ContactFilter();
            blocked.isBlocked = "true";
            everyPage(app, blocked, at(10));
        }
    }

    @Test
    void a_page_reads_its_own_rows_in_every_order() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            var filter = new ContactFilter();
            everyPage(app, filter, at(1));
            filter.sort = "lastContactAt";
            everyPage(app, filter, Cursor.at(NEWEST.minusMinutes(PAGE_2000 * 3 / 2), HIGHEST));
            everyPage(app, filter, Cursor.at(OffsetDateTime.parse("0001-01-01T00:00:00Z"), HIGHEST));
            filter.sort = "name";
            everyPage(app, filter, new Cursor("=Person 4", HIGHEST));
            everyPage(app, filter, new Cursor("", new UUID(0, 0)));
        }
    }

    /** Where only every so manieth contact passes the filter. */
    private static Cursor at(int every) {
        return Cursor.at(NEWEST.minusSeconds((long) PAGE_2000 * every), HIGHEST);
    }

    private static void everyPage(SqlSession app, ContactFilter filter, Cursor deep) {
        for (var after : Arrays.asList(null, deep)) {
            Plans.readsOnlyThePage(app, Contacts.query(BIG, filter, null, Plans.page(after)));
        }
    }

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
                    "search_contacts('c4ca4238', null)",
                    "search_contacts('555-1000123', '5551000123')",
                    "search_contacts('777-1000130', '7771000130')",
                    "search_contacts('ab', null)",
                    "contacts_interested_in('interest 7')")) {
                app.column("select " + call);
            }
            assertEquals(1, app.number("select count(*) from search_contacts('c4ca4238', null)"));
            for (var ofOne : List.of("1000130", "17771000130", "15551000130")) {
                assertEquals(
                        1,
                        app.number("select count(*) from search_contacts('none such', '" + ofOne + "') id"
                                + " where id in (select contact_id from contact_phones where phone = '+17771000130')"));
            }
            assertEquals(2_400, app.number("select count(*) from contacts_interested_in('interest 7')"));
            app.run("select pg_stat_force_next_flush()");
            app.commit();
        }
        var after = scans();
        assertEquals(before.get(0), after.get(0), "sequential scans of contacts");
        assertTrue(after.get(1) >= before.get(1) + 2, "scans of the index over the text");
        assertTrue(after.get(2) > before.get(2), "scans of the index over the interests");
        assertEquals(before.get(3), after.get(3), "sequential scans of numbers");
        assertTrue(after.get(4) >= before.get(4) + 2, "scans of the index over the numbers");
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
        searched.q = "c4ca4238";
        var interested = filter("hot", null);
        interested.interest = "interest 7";
        var called = filter(null, null);
        called.phone = "+15551000123";
        var unblocked = filter(null, null);
        unblocked.isBlocked = "false";
        filters.addAll(List.of(searched, interested, called, unblocked));
        return filters;
    }

    private static ContactFilter filter(String score, String status) {
        var filter = new ContactFilter();
        filter.leadScore = score;
        filter.leadStatus = status;
        return filter;
    }

    private static Cursor cursor(ContactFilter filter) {
        var key = filter.order() == ContactOrder.NAME ? "=Person 5" : "2025-12-31T22:00:00Z";
        return new Cursor(key, UUID.randomUUID());
    }

    private static void explain(SqlSession app, ContactFilter filter, Cursor after) {
        var list = Contacts.query(BIG, filter, filter.phone(), Plans.page(after));
        Plans.noSequentialScan(app, list);
    }

    private static List<Long> scans() {
        var counters = Sql.superuser()
                .column(
                        "select seq_scan from pg_stat_user_tables where relid = 'contacts'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'contacts_text'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'contacts_interests'::regclass"
                                + " union all select seq_scan from pg_stat_user_tables where relid = 'contact_phones'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'contact_phones_text'::regclass");
        return counters.stream().map(Long::valueOf).toList();
    }
}
