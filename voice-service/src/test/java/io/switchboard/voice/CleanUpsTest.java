package io.switchboard.voice;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class CleanUpsTest {
    final UUID org = UUID.randomUUID();

    @Test
    void idempotency_keys_over_24_hours_old_are_removed() {
        Sql.superuser()
                .run("insert into idempotency_keys (org_id, principal, operation, key, fingerprint, created_at)"
                        + " select '" + org + "', 'a', 'b', hours::text, '', now() - hours * interval '1 hour'"
                        + " from unnest(array[23, 25]) hours");
        await().until(
                        () -> Sql.superuser().column("select key from idempotency_keys where org_id = '" + org + "'"),
                        List.of("23")::equals);
    }

    @Test
    void deliveries_that_ended_over_30_days_ago_are_removed() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "insert into subscription_deliveries (org_id, subscription_id, event_id, type, body, status, ended_at)"
                                + " select '" + org
                                + "', uuid_v7(), uuid_v7(), days::text, '{}', 'delivered', now() - days * interval '1 day'"
                                + " from unnest(array[29, 31]) days");
        await().until(
                        () -> Sql.superuser()
                                .column("select type from subscription_deliveries where org_id = '" + org + "'"),
                        List.of("29")::equals);
    }

    @Test
    void live_events_of_calls_are_kept_for_an_hour() {
        Sql.superuser()
                .run("insert into call_stream_events (org_id, id, call_id, type) select '" + org
                        + "', uuid_v7_floor(now() - minutes * interval '1 minute'), uuid_v7(), minutes::text"
                        + " from unnest(array[59, 61]) minutes");
        await().until(
                        () -> Sql.superuser()
                                .column("select type from call_stream_events where org_id = '" + org + "'"),
                        List.of("59")::equals);
    }

    @Test
    void who_answered_a_call_is_kept_for_a_week() {
        Sql.superuser()
                .run("insert into call_answers (org_id, provider, call_key, answered_at) select '" + org
                        + "', 'vapi', days::text, now() - days * interval '1 day' from unnest(array[6, 8]) days");
        await().until(
                        () -> Sql.superuser().column("select call_key from call_answers where org_id = '" + org + "'"),
                        List.of("6")::equals);
    }
}
