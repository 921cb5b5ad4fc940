package io.switchboard.crm;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that audit-service refuses holds up no other event. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditRelayTest {
    /** Contacts of 13 KB that do not pack: 50 interests, a name, notes. */
    static final String FILL = """
            insert into contacts (org_id, name, notes, service_interests)
            select '%s', (select string_agg(md5(n || 'n' || i), '') from generate_series(1, 5) i),
                (select string_agg(encode(sha256((n || 'o' || i)::bytea), 'base64'), '') from generate_series(1, 180) i),
                (select array_agg(encode(sha512((n || 'i' || i)::bytea), 'base64')) from generate_series(1, 50) i)
            from generate_series(1, %d) n""";

    final Caller acme = Caller.agentOfNewOrg();
    final Caller globex = Caller.agentOfNewOrg();
    final String marker = "marked-" + UUID.randomUUID();

    @AfterEach
    void acceptEverything() {
        PeerRequests.answerAsUsual(marker);
    }

    @Test
    void texts_that_do_not_pack_arrive_however_many() {
        sql(FILL.formatted(acme.orgId(), 160));
        add(globex, "Ada");
        await().atMost(ofSeconds(20)).untilAsserted(() -> {
            assertEquals(160, delivered(acme));
            assertEquals(1, delivered(globex));
            assertEquals(List.of("0"), waiting(acme));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void a_refused_event_is_set_aside_alone(int status) {
        answer(status, "no");
        sql(FILL.formatted(acme.orgId(), 20));
        add(acme, marker);
        add(globex, "Ada");
        await().atMost(ofSeconds(20)).untilAsserted(() -> {
            assertEquals(20, delivered(acme));
            assertEquals(1, delivered(globex));
            assertEquals(
                    List.of("audit-service answered " + status + ": no"),
                    query("select reason from outbox_rejected where org_id = '%s'", acme));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>welcome</html>",
                "null",
                "{\"accepted\":\"all\",\"duplicates\":0,\"rejected\":[]}",
                "{\"accepted\":0,\"duplicates\":0,\"rejected\":[]}",
                "{\"accepted\":0,\"duplicates\":0,\"rejected\":[{\"index\":7000,\"reason\":\"no\"}]}",
                "{\"accepted\":0,\"duplicates\":0,\"rejected\":[{\"index\":-1,\"reason\":\"no\"}]}",
                "{\"accepted\":0,\"duplicates\":0,\"rejected\":{\"index\":0}}"
            })
    void an_answer_without_sense_loses_nothing(String nonsense) {
        answer(200, nonsense);
        add(acme, marker);
        add(globex, "Ada");
        await().atMost(ofSeconds(20)).untilAsserted(() -> {
            assertEquals(List.of("0"), waiting(globex));
            assertTrue(tries(acme) >= 1);
        });
        assertEquals(List.of("1"), waiting(acme));
        assertEquals(List.of(), query("select reason from outbox_rejected where org_id = '%s'", acme));
        acceptEverything();
        sql("update outbox set lease_until = '-infinity' where org_id = '%s'"
                .formatted(acme.orgId())); // half a minute later
        add(acme, "Bob");
        await().atMost(ofSeconds(20)).untilAsserted(() -> assertEquals(List.of("0"), waiting(acme)));
    }

    private static void add(Caller caller, String name) {
        caller.post("/api/contacts", Map.of("name", name)).then().statusCode(201);
    }

    /** To events that have the marker in them. */
    private void answer(int status, String body) {
        PeerRequests.answer("/api/audit/events", status, body, marker);
    }

    private int delivered(Caller caller) {
        return AuditTrail.of(caller.orgId()).size();
    }

    private static List<String> waiting(Caller caller) {
        return query("select count(*) from outbox where org_id = '%s'", caller);
    }

    private static int tries(Caller caller) {
        return Integer.parseInt(query("select max(attempts) from outbox where org_id = '%s'", caller)
                .get(0));
    }

    private static List<String> query(String sql, Caller caller) {
        return Sql.superuser().column(sql.formatted(caller.orgId()));
    }

    private static void sql(String sql) {
        Sql.superuser().run(sql);
    }
}
