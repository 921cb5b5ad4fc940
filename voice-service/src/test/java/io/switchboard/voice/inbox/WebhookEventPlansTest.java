package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.voice.AppSql;
import io.switchboard.voice.callevent.CallKey;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
class WebhookEventPlansTest {
    private static final UUID BIG = UUID.randomUUID();
    /** Others' events cost an entry of the index, not their rows. */
    private static final Pattern PENDING_BY_PROVIDER =
            Pattern.compile("events_pending on .*\\n.*Index Cond: .*provider = ");

    /** Organizations of 20,000 events, of about 1,000, and 3,000 of three; hardly any but done ones, nor of Twilio. */
    private static final String FILL = """
            insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, type, call_key, body, status, lease,
                lease_until)
            select case when n <= 20000 then '%s'::uuid when n <= 40000 then md5((n %% 19)::text)::uuid
                    else md5('org ' || n %% 3000)::uuid end, uuid_v7(),
                case when n %% 1000 = 0 then 'twilio' else 'vapi' end, 'e' || n, 't', 'c' || n, '',
                case when n %% 700 > 0 then 'done' else (array['pending', 'dead'])[1 + n %% 2] end::webhook_event_status,
                null, null
            from generate_series(1, 49000) n""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(FILL.formatted(BIG), "vacuum analyze processed_webhook_events");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_list_reads_more_than_it_must() {
        for (var status :
                Arrays.asList(null, EventStatus.PENDING, EventStatus.RUNNING, EventStatus.DONE, EventStatus.DEAD)) {
            for (var provider : Arrays.asList(null, "vapi", "twilio")) {
                for (var cursor : Arrays.asList(null, new Cursor("", UUID.randomUUID()))) {
                    var list = WebhookEvents.query(BIG, status, provider, page(cursor));
                    var plans = sql.plans(BIG, "admin", null, list);
                    assertFalse(plans.contains("Seq Scan"), plans);
                    var all = status == null && provider == null;
                    assertEquals(all, plans.contains("processed_webhook_events_pkey"), plans);
                    if (status == null && provider != null) {
                        for (var index : List.of("events_pending", "events_running", "over_of_provider")) {
                            assertTrue(plans.contains(index), plans);
                        }
                        assertTrue(PENDING_BY_PROVIDER.matcher(plans).find(), plans);
                    }
                }
            }
        }
    }

    @Test
    void a_call_s_events_are_read_by_the_call() {
        var calls = List.of(new CallKey("vapi", "c7"), new CallKey("twilio", "c1000"));
        for (var cursor : Arrays.asList(null, new Cursor("", UUID.randomUUID()))) {
            var plans = sql.plans(BIG, "admin", null, EventsOfCall.query(BIG, calls, page(cursor)));
            assertFalse(plans.contains("Seq Scan"), plans);
            for (var index : List.of("over_of_call", "new_of_call", "owed_of_call")) {
                assertTrue(plans.contains(index), plans);
            }
            for (var index : List.of("events_done", "events_dead", "events_pending")) {
                assertFalse(plans.contains(index), plans);
            }
            assertTrue(Pattern.compile("pkey on .*\\n.*id = ANY").matcher(plans).find(), plans);
            assertFalse(
                    Pattern.compile("pkey on .*\\n((?!id = ANY).)*\\n")
                            .matcher(plans)
                            .find(),
                    plans);
        }
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
