package io.switchboard.voice.analytics;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.UUID;

/** Calls whose client, assistant and agent no provider tells. */
final class CallsBySql {
    private CallsBySql() {}

    /**
     * A call at noon UTC.
     *
     * @param outcome status, answered, answered_by, duration_seconds, cost, currency, success, tokens, ended_reason
     * @param owners client_id, assistant_id, agent_id
     */
    static void insert(Caller org, String provider, String direction, int daysAgo, String outcome, String owners) {
        var values = new StringBuilder();
        for (var value : outcome.split(", ")) {
            values.append(value.equals("null") ? "null, " : "'" + value + "', ");
        }
        Sql.superuser()
                .run(
                        "insert into call_logs (org_id, provider, provider_call_id, direction, from_e164, to_e164, started_at, status, answered,"
                                + " answered_by, duration_seconds, cost, currency, success, tokens, ended_reason, client_id, assistant_id, agent_id)"
                                + " values ('%s', '%s', '%s', '%s', '%s', '%s', date_trunc('day', now(), 'UTC') + interval '12 hours' - %d * interval '1 day', %s %s)"
                                        .formatted(
                                                org.orgId(),
                                                provider,
                                                UUID.randomUUID(),
                                                direction,
                                                direction.equals("outbound") ? "+15555550100" : "+15555550142",
                                                direction.equals("outbound") ? "+15555550142" : "+15555550100",
                                                daysAgo,
                                                values,
                                                owners));
    }
}
