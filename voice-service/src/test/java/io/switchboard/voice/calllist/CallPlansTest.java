package io.switchboard.voice.calllist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.AppSql;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At 200,000 calls, where PostgreSQL would rather not read everything, and so shows whether it must. */
class CallPlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();
    private static final CallerContext STAFF =
            CallerContext.Value.user(BIG, UUID.randomUUID(), "agent", Origin.worker());
    private static final CallerContext PIN = CallerContext.Value.client(BIG, CLIENT, Origin.worker());
    private static final CallerContext OWNER =
            CallerContext.Value.user(BIG, UUID.randomUUID(), "user", Origin.worker());
    private static final CallerContext ENTERPRISE =
            CallerContext.Value.user(BIG, UUID.randomUUID(), "enterprise", Origin.worker());

    /** One organization of 80,000 calls, 19 of about 4,200 each, and 3,000 of 13. */
    private static final String FILL = """
            insert into call_logs (org_id, provider, provider_call_id, status, direction, from_e164, to_e164, started_at,
                client_id, assistant_id, contact_id, owner_id, agent_id)
            select case when n <= 80000 then '%s'::uuid when n <= 160000 then md5((n %% 19)::text)::uuid
                    else md5('org ' || n %% 3000)::uuid end, 'vapi', 'c' || n,
                case when n %% 500 > 0 then 'ended'
                    else (array['unknown', 'queued', 'ringing', 'in_progress', 'forwarding'])[1 + n / 500 %% 5] end::call_status,
                (array['inbound', 'outbound', 'web'])[1 + n %% 3]::call_direction, '+1555' || (1000000 + n %% 900),
                '+1555' || (2000000 + n %% 9), now() - n * interval '1 minute',
                case when n %% 10 = 0 then case when n %% 400 = 0 then '%s'::uuid else md5((n %% 90)::text)::uuid end end,
                md5((n %% 70)::text)::uuid, md5((n %% 900)::text)::uuid,
                case when n %% 5 = 0 then case when n %% 200 = 0 then '%s'::uuid else md5((n %% 90)::text)::uuid end end,
                case when n %% 5 = 0 then md5((n %% 70)::text)::uuid end
            from generate_series(1, 200000) n""";

    private static final String TRANSCRIPTS = """
            insert into call_transcripts (org_id, call_id, transcript, weight, words)
            select org_id, id, said, 1, transcript_words(said) from call_logs cross join lateral (
                select 'AI: hello. User: word' || substring(provider_call_id from 2)::int % 5000
                    || ' and word' || substring(provider_call_id from 2)::int % 77) as s (said)
            where substring(provider_call_id from 2)::int % 4 = 0
            """;

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(
                FILL.formatted(BIG, CLIENT, OWNER.userId()),
                TRANSCRIPTS,
                "vacuum analyze call_logs",
                "vacuum analyze call_transcripts");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_list_reads_more_than_it_must() {
        check(STAFF, filter -> {}, null, "call_logs_started");
        check(PIN, filter -> {}, null, "call_logs_client");
        check(OWNER, filter -> {}, null, "call_logs_owner");
        check(ENTERPRISE, filter -> {}, null, "call_logs_agents");
        check(STAFF, filter -> filter.clientId = CLIENT.toString(), null, "call_logs_client");
        check(STAFF, filter -> filter.assistant = UUID.randomUUID().toString(), null, "call_logs_assistant");
        for (var status : List.of("unknown", "queued", "ringing", "in_progress", "forwarding")) {
            check(STAFF, filter -> filter.status = status, null, "call_logs_" + status);
        }
        check(STAFF, filter -> filter.status = "ended", null, "call_logs_started");
        for (var direction : List.of("inbound", "outbound", "web")) {
            check(STAFF, filter -> filter.direction = direction, null, "call_logs_" + direction);
        }
        check(STAFF, filter -> filter.from = "2026-06-01T00:00:00Z", null, "call_logs_started");
        check(STAFF, filter -> {}, "+15551000001", "call_logs_from");
        check(STAFF, filter -> {}, "+15552000001", "call_logs_to");
    }

    @Test
    void a_contacts_calls_are_found_by_their_index() {
        for (var withTranscripts : List.of(false, true)) {
            for (var after : cursors()) {
                var caller = CallerContext.Value.service(BIG, "crm-service", Origin.worker());
                var list = Calls.ofContactQuery(caller, UUID.randomUUID(), withTranscripts, page(after));
                var plans = sql.plans(BIG, "service", null, list);
                assertTrue(plans.contains("call_logs_contact"), plans);
                assertFalse(plans.contains("Seq Scan"), plans);
            }
        }
    }

    @Test
    void a_search_goes_by_its_index() {
        var filter = new CallFilter();
        filter.q = "word7";
        var plans = plans(STAFF, filter, null, null);
        assertFalse(plans.contains("Seq Scan"), plans);
        var words = "explain select call_id from call_transcripts where org_id = current_org_id()"
                + " and words is not null and words @@ websearch_to_tsquery('simple'::regconfig, 'word7')";
        var inside = String.join("\n", sql.asOwner(BIG, words));
        assertTrue(inside.contains("call_transcripts_words"), inside);
    }

    @Test
    void who_sees_no_call_has_none_looked_at() {
        var nobody = CallerContext.Value.user(BIG, UUID.randomUUID(), "customer", Origin.worker());
        var list = Calls.query(nobody, new CallFilter(), null, page(null)).text();
        var run = sql.as(
                BIG,
                "customer",
                "explain (analyze, costs off) "
                        + list.replace("$1", "'" + BIG + "'").replace("$2", "51"));
        assertTrue(String.join("\n", run).contains("never executed"), () -> String.join("\n", run));
    }

    private static void check(CallerContext caller, Consumer<CallFilter> set, String number, String index) {
        var filter = new CallFilter();
        set.accept(filter);
        for (var after : cursors()) {
            var plans = plans(caller, filter, number, after);
            assertFalse(plans.contains("Seq Scan"), plans);
            assertFalse(plans.contains("call_logs_pkey"), plans);
            assertTrue(plans.contains(index), () -> index + "\n" + plans);
        }
    }

    private static String plans(CallerContext caller, CallFilter filter, String number, Cursor after) {
        var list = Calls.query(caller, filter, number, page(after));
        return sql.plans(BIG, caller.role(), caller.clientId(), list);
    }

    private static List<Cursor> cursors() {
        var cursors = new ArrayList<Cursor>();
        cursors.add(null);
        cursors.add(Cursor.at(OffsetDateTime.now().minusDays(7), UUID.randomUUID()));
        return cursors;
    }

    private static Page page(Cursor after) {
        return new Page() {
            @Override
            public Cursor after() {
                return after;
            }
        };
    }
}
