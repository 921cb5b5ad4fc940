package io.switchboard.crm.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketPlansTest {
    private static final int ROWS = 40_000;
    private static final UUID BIG = UUID.randomUUID();

    /** In three of the ten teams; every eighth ticket is assigned to this agent, most of them in another team. */
    private static final UUID AGENT = UUID.randomUUID();

    private static final UUID CUSTOMER = UUID.randomUUID();
    private static final UUID TICKET = UUID.randomUUID();
    private static final OffsetDateTime NEWEST = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    private static final Cursor DEEP = Cursor.at(NEWEST.minusSeconds(ROWS / 2), new UUID(-1, -1));

    /** Their own, those that they opened, and those of each team. */
    private static final int SOURCES_OF_AGENT = 5;

    @BeforeAll
    static void fill() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        """
                        insert into team_members (org_id, team_id, user_id)
                        select '%1$s'::uuid, md5(n::text)::uuid, '%2$s'::uuid from generate_series(0, 2) n
                        union all select '%1$s', md5((n %% 10)::text)::uuid, md5('agent ' || n)::uuid from generate_series(1, 3000) n""".formatted(BIG, AGENT),
                        """
                        insert into tickets (org_id, number, title, description, status, priority, customer_id, contact_id,
                            assigned_agent_id, assigned_team_id, tags, created_at)
                        select case when n %% 4 > 0 then '%1$s'::uuid else md5((n %% 19)::text)::uuid end, n, 'No. ' || md5(n::text), 'Echo ' || n,
                            (array['new', 'open', 'pending', 'resolved', 'closed'])[1 + n %% 5]::ticket_status,
                            (array['low', 'medium', 'high', 'urgent'])[1 + n / 5 %% 4]::ticket_priority,
                            case when n %% 7 = 0 then '%2$s'::uuid else md5((n %% 997)::text)::uuid end, md5((n %% 5000)::text)::uuid,
                            case when n %% 8 = 1 then '%3$s'::uuid else md5((n %% 101)::text)::uuid end, md5((n %% 10)::text)::uuid,
                            array['tag ' || n %% 300], timestamptz '2026-01-01 00:00Z' - n * interval '1 second'
                        from generate_series(1, %4$s) n""".formatted(BIG, CUSTOMER, AGENT, ROWS),
                        """
                        insert into messages (org_id, ticket_id, type, is_internal, content, created_at)
                        select '%s', case when n %% 2 = 0 then '%s' else md5((n %% 500)::text)::uuid end, 'agent', n %% 3 = 0, 'Word ' || md5(n::text),
                            timestamptz '2026-01-01 00:00Z' + n * interval '1 second'
                        from generate_series(1, %s) n""".formatted(BIG, TICKET, ROWS / 2),
                        "insert into tickets (org_id, id, number, title, customer_id, created_at) values ('%s', '%s', 0, 'Long', '%s', '2020-01-01')"
                                .formatted(BIG, TICKET, CUSTOMER),
                        "vacuum analyze tickets",
                        "vacuum analyze messages",
                        "vacuum analyze team_members");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from messages where org_id = '%s'".formatted(BIG),
                        "delete from tickets where title like 'No. %' or title = 'Long'",
                        "delete from team_members where org_id = '%s'".formatted(BIG),
                        "vacuum analyze tickets",
                        "vacuum analyze messages",
                        "vacuum analyze team_members");
    }

    @Test
    void an_admins_page_reads_its_own_rows_by_every_filter() {
        var admin = caller("admin", UUID.randomUUID());
        everyPage(admin, new TicketFilter(), 1);
        for (var status : TicketStatus.values()) {
            everyPage(admin, status(status), 1);
        }
        for (var priority : TicketPriority.values()) {
            var filter = new TicketFilter();
            filter.priority = priority.wire();
            everyPage(admin, filter, 1);
        }
        everyPage(admin, of(AGENT, null), 1);
        everyPage(admin, of(null, UUID.fromString(team(1))), 1);
        var ofCustomer = new TicketFilter();
        ofCustomer.customerId = CUSTOMER.toString();
        everyPage(admin, ofCustomer, 1);
    }

    @Test
    void an_agents_page_reads_its_own_rows_of_each_list_that_it_is_made_of() {
        var agent = caller("agent", AGENT);
        everyPage(agent, new TicketFilter(), SOURCES_OF_AGENT);
        for (var status : TicketStatus.values()) {
            everyPage(agent, status(status), SOURCES_OF_AGENT);
        }
        everyPage(agent, of(AGENT, null), 1);
    }

    @Test
    void a_customers_page_reads_its_own_rows() {
        everyPage(caller("customer", CUSTOMER), new TicketFilter(), 1);
    }

    @Test
    void messages_are_read_page_by_page() {
        for (var reader : List.of(caller("admin", UUID.randomUUID()), caller("customer", CUSTOMER))) {
            try (var app = app(reader)) {
                for (var after : Arrays.asList(null, Cursor.at(NEWEST.plusSeconds(ROWS / 4), new UUID(0, 0)))) {
                    Plans.readsOnlyThePage(app, Messages.query(reader, TICKET, Plans.page(after)));
                }
            }
        }
    }

    @Test
    void what_finds_few_enters_by_its_index() {
        var filter = new TicketFilter();
        filter.number = "77";
        var contact = new TicketFilter();
        contact.contactId = UUID.randomUUID().toString();
        var words = new TicketFilter();
        words.q = "a87ff679a2f3e71d9181a67b7542122c";
        var tag = new TicketFilter();
        tag.tag = "tag 7";
        for (var reader :
                List.of(caller("admin", UUID.randomUUID()), caller("agent", AGENT), caller("customer", CUSTOMER))) {
            try (var app = app(reader)) {
                for (var each : List.of(filter, contact, words, tag)) {
                    var list = TicketList.of(reader, each, Plans.page(null));
                    Plans.noSequentialScan(app, list);
                }
            }
        }
    }

    /** What a function does is in no plan, but in the statistics. */
    @Test
    void no_search_reads_the_whole_table() {
        var before = scans();
        try (var app = app(caller("agent", AGENT))) {
            assertEquals(
                    2,
                    app.column("select search_tickets('eccbc87e4b5ce2fe28308fd9f2a7baf3')")
                            .size());
            assertTrue(app.column("select tickets_tagged('tag 7')").size() > 50);
            app.run("select pg_stat_force_next_flush()");
            app.commit();
        }
        var after = scans();
        assertEquals(before.subList(0, 2), after.subList(0, 2), "sequential scans of tickets and messages");
        for (int i = 2; i < 5; i++) {
            assertTrue(after.get(i) > before.get(i), "scans of index " + i);
        }
    }

    private static List<Long> scans() {
        return Sql.superuser()
                .column(
                        "select seq_scan from pg_stat_user_tables where relid = 'tickets'::regclass"
                                + " union all select seq_scan from pg_stat_user_tables where relid = 'messages'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'tickets_words'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'tickets_tags'::regclass"
                                + " union all select idx_scan from pg_stat_user_indexes where indexrelid = 'messages_words'::regclass")
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    private static void everyPage(CallerContext reader, TicketFilter filter, int sources) {
        try (var app = app(reader)) {
            for (var after : Arrays.asList(null, DEEP)) {
                Plans.readsOnlyThePage(app, TicketList.of(reader, filter, Plans.page(after)), sources);
            }
        }
    }

    private static SqlSession app(CallerContext reader) {
        return Sql.app(BIG, reader.userId(), reader.role()).open();
    }

    private static CallerContext caller(String role, UUID user) {
        return CallerContext.Value.user(BIG, user, role, Origin.worker());
    }

    private static String team(int nth) {
        return Sql.superuser().value("select md5('" + nth + "')::uuid");
    }

    private static TicketFilter status(TicketStatus status) {
        var filter = new TicketFilter();
        filter.status = status.wire();
        return filter;
    }

    private static TicketFilter of(UUID agent, UUID team) {
        var filter = new TicketFilter();
        filter.assignedAgentId = agent == null ? null : agent.toString();
        filter.assignedTeamId = team == null ? null : team.toString();
        return filter;
    }
}
