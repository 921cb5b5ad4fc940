package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.AppSql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database itself holds of the ids that calls go by. */
class CallKeysSqlTest {
    private static final String KEYS = "select key from call_keys order by 1";
    private static AppSql sql;

    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void ids_are_the_service_s_and_its_organization_s_alone() {
        var call = call(acme, "vapi", "v1");
        key(acme, call, "CA1");
        assertEquals(List.of("CA1"), sql.as(acme, "service", KEYS));
        assertEquals(List.of(), sql.as(globex, "service", KEYS));
        for (var role : List.of("admin", "agent", "client", "user", "platform_admin", "")) {
            assertEquals(List.of(), sql.as(acme, role, KEYS), role);
            assertThrows(SqlRefusal.class, () -> keyAs(role, acme, call, "CA2"));
        }
        assertEquals(List.of(), sql.query(KEYS));
        assertThrows(SqlRefusal.class, () -> keyAs("service", globex, call, "CA2"), "another one's call");
        assertThrows(SqlRefusal.class, () -> sql.as(globex, "service", insert(acme, call, "CA2")));
        assertThrows(SqlRefusal.class, () -> sql.as(acme, "service", "delete from call_keys returning key"));
    }

    @Test
    void rows_that_share_an_id_are_found_with_all_rows_of_their_call() {
        var head = call(acme, "vapi", "v1");
        key(acme, head, "CA1");
        var leg = call(acme, "twilio", "CB1");
        sql.as(acme, "service", "update call_logs set head_id = '" + head + "' where id = '" + leg + "' returning id");
        call(acme, "twilio", "CC1");
        var others = call(globex, "vapi", "v1");
        key(globex, others, "CA1");
        assertEquals(List.of(head, leg).stream().sorted().toList(), locked(acme, "CA1"));
        assertEquals(List.of(head, leg).stream().sorted().toList(), locked(acme, "CB1"));
        assertEquals(List.of(others), locked(globex, "CA1"));
        assertEquals(List.of(), locked(acme, "CA2"));
    }

    @Test
    void an_id_of_more_than_64_rows_tells_nothing() {
        for (int n = 0; n < 65; n++) {
            key(acme, call(acme, "vapi", "v" + n), "CA1");
            assertEquals(n < 64 ? n + 1 : 0, locked(acme, "CA1").size());
        }
    }

    private static List<String> locked(UUID org, String key) {
        return sql.as(
                org, "service", "select id from lock_call_keys(array['twilio'], array['" + key + "']) id order by 1");
    }

    private static String call(UUID org, String provider, String id) {
        return sql.as(
                        org,
                        "service",
                        "insert into call_logs (org_id, provider, provider_call_id, started_at) values ('" + org
                                + "', '" + provider + "', '" + id + "', now()) returning id")
                .get(0);
    }

    private static void key(UUID org, String call, String key) {
        keyAs("service", org, call, key);
    }

    private static void keyAs(String role, UUID org, String call, String key) {
        sql.as(org, role, insert(org, call, key));
    }

    private static String insert(UUID org, String call, String key) {
        return "insert into call_keys (org_id, provider, key, call_id) values ('" + org + "', 'twilio', '" + key
                + "', '" + call + "') returning key";
    }
}
