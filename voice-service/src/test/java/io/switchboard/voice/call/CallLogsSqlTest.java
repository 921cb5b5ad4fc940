package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.AppSql;
import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.LeadScore;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database itself holds of calls, on a real PostgreSQL. */
class CallLogsSqlTest {
    private static final String CALLS = "select provider_call_id from call_logs order by 1";
    private static final String SAID = "select transcript from call_transcripts order by 1";
    private static final String SAY = "insert into call_transcripts (org_id, call_id, transcript, weight)"
            + " select org_id, id, provider_call_id, 1 from call_logs returning call_id";

    private static AppSql sql;

    private final UUID acme = UUID.randomUUID();

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void staff_sees_the_organization_s_calls_and_a_client_its_own() {
        UUID client = UUID.randomUUID();
        insert("c1", "ended", null);
        insert("c2", "ended", client);
        for (String role : List.of("admin", "agent", "service")) {
            assertEquals(List.of("c1", "c2"), sql.as(acme, role, CALLS));
            assertEquals(List.of(), sql.as(UUID.randomUUID(), role, CALLS));
        }
        assertEquals(List.of("c2"), sql.as(acme, "client", client, CALLS));
        assertEquals(List.of(), sql.as(acme, "client", UUID.randomUUID(), CALLS));
        assertEquals(List.of(), sql.as(acme, "client", CALLS));
        for (String role : List.of("user", "enterprise", "customer", "platform_admin", "")) {
            assertEquals(List.of(), sql.as(acme, role, CALLS), role);
        }
        assertEquals(List.of(), sql.query(CALLS));
    }

    @Test
    void a_transcript_is_seen_by_those_who_see_its_call() {
        UUID client = UUID.randomUUID();
        insert("c1", "ended", null);
        insert("c2", "ended", client);
        sql.as(acme, "service", SAY);
        for (String role : List.of("admin", "agent", "service")) {
            assertEquals(List.of("c1", "c2"), sql.as(acme, role, SAID));
            assertEquals(List.of(), sql.as(UUID.randomUUID(), role, SAID));
        }
        assertEquals(List.of("c2"), sql.as(acme, "client", client, SAID));
        assertEquals(List.of(), sql.as(acme, "client", UUID.randomUUID(), SAID));
        for (String role : List.of("user", "enterprise", "customer", "platform_admin", "")) {
            assertEquals(List.of(), sql.as(acme, role, SAID), role);
        }
        assertEquals(List.of(), sql.query(SAID));
    }

    @Test
    void only_the_service_writes_transcripts() {
        insert("c1", "ended", null);
        for (String role : List.of("admin", "agent")) {
            assertThrows(SqlRefusal.class, () -> sql.as(acme, role, SAY));
        }
        sql.as(acme, "service", SAY);
        String change = "update call_transcripts set transcript = 'x' returning 'changed'";
        for (String role : List.of("admin", "agent", "client", "user")) {
            assertEquals(List.of(), sql.as(acme, role, change));
        }
        assertEquals(List.of("changed"), sql.as(acme, "service", change));
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", "delete from call_transcripts"));
    }

    @Test
    void only_the_service_creates_and_changes_calls() {
        insert("c1", "queued", null);
        for (String role : List.of("admin", "agent", "client", "user")) {
            assertThrows(SqlRefusal.class, () -> insertAs(role, "c2", "queued", null));
            assertEquals(List.of(), sql.as(acme, role, "update call_logs set summary = 'x' returning 'changed'"));
        }
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", "delete from call_logs"));
        assertThrows(SqlRefusal.class, () -> insert("c1", "queued", null), "known already");
    }

    @Test
    void enums_of_the_database_are_those_of_the_code() {
        assertEquals(words(CallState.values()), sql.query("select unnest(enum_range(null::call_status))"));
        assertEquals(words(CallDirection.values()), sql.query("select unnest(enum_range(null::call_direction))"));
        assertEquals(words(LeadScore.values()), sql.query("select unnest(enum_range(null::call_lead_score))"));
        assertEquals(words(AnsweredBy.values()), sql.query("select unnest(enum_range(null::call_answered_by))"));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(EnumParam::wire).toList();
    }

    @Test
    void a_call_only_goes_on() {
        insert("c1", "queued", null);
        for (String status : List.of("ringing", "in_progress", "unknown", "ringing", "forwarding", "ended")) {
            become(status);
        }
        for (String status : List.of("unknown", "queued", "forwarding")) {
            SqlRefusal refused = assertThrows(SqlRefusal.class, () -> become(status));
            assertTrue(refused.getMessage().contains("a call that is ended cannot become " + status));
        }
        become("ended");
    }

    private void become(String status) {
        sql.as(acme, "service", "update call_logs set status = '" + status + "'");
    }

    private void insert(String call, String status, UUID client) {
        insertAs("service", call, status, client);
    }

    private void insertAs(String role, String call, String status, UUID client) {
        String values = "'%s', 'vapi', '%s', '%s', now(), %s"
                .formatted(acme, call, status, client == null ? "null" : "'" + client + "'");
        sql.as(
                acme,
                role,
                "insert into call_logs (org_id, provider, provider_call_id, status, started_at, client_id) values ("
                        + values + ") returning id");
    }
}
